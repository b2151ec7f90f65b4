import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ProblemError } from '../../domain/errors.ts';
import { writeRecoverError } from '../../soap/recover-answer.ts';
import { answerType, faultStatus, writeFaultMessage, type SoapVersion } from '../../soap/recover-fault.ts';
import { readRecoverMessage } from '../../soap/recover-request.ts';
import { callerOf } from '../auth/authenticate.ts';
import { statusOf, toProblem } from '../problems.ts';
import { strictObject } from '../schemas.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';
import { createRecover } from './recover.ts';
import { readSchema, readWsdl, SCHEMA_FILES } from './wsdl.ts';

const PATH = '/soap/reports/4.0';

/** The most bytes of a request, decompressed: its own form has a few hundred, the rest is room for headers. */
const MAX_REQUEST_BYTES = 65_536;
/** Pulls of a key in a minute: enough to recover one by one what an outage of hours left. */
const PULLS_PER_MINUTE = 600;

const XML_TYPE = 'text/xml; charset=utf-8';

/** The pull operation RecuperarReport of message version 4.0, over SOAP 1.1 and 1.2, and its WSDL. */
export function recoverRoutes(app: ApiApp, { db }: ApiDependencies): void {
  // A scope of its own: here bodies are XML, and errors are SOAP's.
  void app.register(async (scope: ApiApp) => {
    const recover = createRecover(db);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      ['text/xml', 'application/soap+xml'],
      { parseAs: 'buffer' },
      async (_request: FastifyRequest, body: Buffer) => body,
    );
    scope.setErrorHandler(answerError);

    scope.post(
      PATH,
      {
        config: {
          takesItsTime: true,
          roles: ['admin', 'integrator'],
          basic: true,
          clientCertificate: true,
          quotas: [{ policy: 'pulls', perMinute: PULLS_PER_MINUTE }],
        },
        bodyLimit: MAX_REQUEST_BYTES,
        schema: {
          summary:
            'RecuperarReport by SOAP, as the WSDL at ?wsdl describes it; HTTP Basic and client certificates are taken, too',
          tags: ['soap'],
          consumes: ['text/xml', 'application/soap+xml'],
          produces: ['text/xml', 'application/soap+xml'],
        },
      },
      async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const message = readRecoverMessage(body, request.headers['content-type'] ?? null);
        const { soapVersion } = message;
        void reply.type(answerType(soapVersion)).header('cache-control', 'no-store');
        if ('fault' in message) {
          const { fault, text } = message;
          return reply
            .code(faultStatus(soapVersion, fault))
            .send(writeFaultMessage(soapVersion, fault, text));
        }
        if ('error' in message)
          return reply.send(writeRecoverError(soapVersion, message.error, message.text, null));
        return reply.send(await recover(callerOf(request), soapVersion, message.request));
      },
    );
  });
  void app.register(describe);
}

/** What a client is made from: the WSDL, and beside it the schemas that it imports. None needs a key. */
async function describe(app: ApiApp): Promise<void> {
  const wsdl = await readWsdl();
  const querystring = strictObject({
    wsdl: Type.Optional(Type.Literal('')),
    WSDL: Type.Optional(Type.Literal('')),
  });
  app.get(PATH, { config: { public: true }, schema: { hide: true, querystring } }, async (request, reply) => {
    if (request.query.wsdl === undefined && request.query.WSDL === undefined) {
      throw new ProblemError('not-found', 'Its WSDL is at ?wsdl; the operation itself takes POST.');
    }
    const address = `${request.protocol}://${request.host}${PATH}`;
    return reply.type(XML_TYPE).header('cache-control', 'no-cache').send(wsdl(address));
  });
  for (const file of SCHEMA_FILES) {
    const schema = await readSchema(file);
    app.get(
      `/soap/reports/${file}`,
      { config: { public: true }, schema: { hide: true } },
      async (_request, reply) => reply.type(XML_TYPE).send(schema),
    );
  }
}

/** Statuses that say something to HTTP; every other error is a Fault's 500 (SOAP 1.1, 6.2). */
const HTTP_STATUSES: readonly number[] = [401, 404, 413, 415, 429, 503];

/** Says what was refused in SOAP: by the contract's errors where it has one, else by a Fault. */
function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, message } = toProblem(error, request, reply);
  const soapVersion: SoapVersion = /soap\+xml/i.test(request.headers['content-type'] ?? '') ? '1.2' : '1.1';
  void reply.type(answerType(soapVersion));
  if (code === 'forbidden') return reply.code(200).send(writeRecoverError(soapVersion, 502, message, null));
  if (code === 'internal') return reply.code(200).send(writeRecoverError(soapVersion, 103, message, null));
  if (code === 'unauthenticated') {
    void reply.header('www-authenticate', [
      'Basic realm="enotum-callbacks", charset="UTF-8"',
      'Bearer realm="enotum-callbacks"',
    ]);
  }
  const status = statusOf(code);
  const kind = status < 500 ? 'sender' : 'receiver';
  return reply
    .code(HTTP_STATUSES.includes(status) ? status : faultStatus(soapVersion, kind))
    .send(writeFaultMessage(soapVersion, kind, `${message} (${code})`));
}
