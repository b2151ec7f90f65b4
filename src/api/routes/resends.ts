import { Type } from 'typebox';
import { ProblemError } from '../../domain/errors.ts';
import { DEFAULT_PACE, MAX_PACE, RESEND_RESULTS } from '../../domain/resend-job.ts';
import { isUuid } from '../../domain/uuid.ts';
import { listResendItems } from '../../store/resend-items.ts';
import { createResendJob, previewResends } from '../../store/resend-creation.ts';
import { findResendJob, listResendJobs, steerResendJob } from '../../store/resend-jobs.ts';
import { OPERATORS, OVERSEERS } from '../auth/access.ts';
import { callerOf } from '../auth/authenticate.ts';
import { readCursor, readPage, readPageBy, writeCursor } from '../paging.ts';
import { FilterBody, Item, Job, Preview, readFilter } from '../resends.ts';
import {
  maybe,
  nullable,
  oneOf,
  PAGE_QUERY,
  pageOf,
  PROBLEM_RESPONSES,
  Reason,
  strictObject,
} from '../schemas.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';

const tags = ['resends'];
const params = strictObject({ id: Type.String({ description: 'The job’s id' }) });

/** The calls of jobs that send deliveries again. */
export function resendRoutes(app: ApiApp, { db }: ApiDependencies): void {
  app.post(
    '/v1/resends',
    {
      config: { roles: OPERATORS, takesItsTime: true },
      schema: {
        summary: 'Sends again what a filter matches, as a job; or, as a dry run, counts it',
        tags,
        body: strictObject({
          filter: FilterBody,
          dryRun: maybe(Type.Boolean({ description: 'Whether it is only counted: nothing changes' })),
          pace: maybe(
            Type.Integer({
              minimum: 1,
              maximum: MAX_PACE,
              description: `Deliveries that are made in a minute, at most; ${DEFAULT_PACE} if absent`,
            }),
          ),
          reason: Reason,
        }),
        response: { 200: Preview, 202: Job, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const filter = readFilter(body.filter);
      if (body.dryRun === true) return { filter, ...(await previewResends(db, filter)) };
      const wanted = { filter, pace: body.pace ?? DEFAULT_PACE, reason: body.reason ?? null };
      const job = await createResendJob(db, wanted, callerOf(request));
      return reply.code(202).header('location', `/v1/resends/${job.id}`).send(job);
    },
  );

  app.get(
    '/v1/resends',
    {
      config: { roles: OVERSEERS },
      schema: {
        summary: 'The jobs that send deliveries again, newest first',
        tags,
        querystring: strictObject(PAGE_QUERY),
        response: { 200: pageOf(Job), ...PROBLEM_RESPONSES },
      },
    },
    async ({ query }) => {
      const before = query.after === undefined ? null : readCursor(query.after);
      return readPage(query, async (limit) => listResendJobs(db, before, limit));
    },
  );

  app.get(
    '/v1/resends/:id',
    {
      config: { roles: OVERSEERS },
      schema: {
        summary: 'A job and how far it is',
        tags,
        params,
        response: { 200: Job, ...PROBLEM_RESPONSES },
      },
    },
    async (request) => readJob(request.params.id),
  );

  app.get(
    '/v1/resends/:id/items',
    {
      config: { roles: OVERSEERS },
      schema: {
        summary: 'What became of each delivery of a job, in the order in which it deals with them',
        tags,
        params,
        querystring: strictObject({ ...PAGE_QUERY, result: Type.Optional(oneOf(RESEND_RESULTS)) }),
        response: { 200: pageOf(Item), ...PROBLEM_RESPONSES },
      },
    },
    async ({ params: { id }, query }) => {
      const after = query.after === undefined ? null : readCursor(query.after);
      const { id: job } = await readJob(id);
      return readPageBy(
        query,
        async (limit) => listResendItems(db, job, { result: query.result ?? null, after }, limit),
        ({ delivery }) => writeCursor(delivery),
      );
    },
  );

  const steps = {
    pause: 'Holds a job; what it has made goes out',
    resume: 'Lets a paused job go on where it was',
    cancel: 'Ends a job; what it has made goes out',
  } as const;
  for (const step of ['pause', 'resume', 'cancel'] as const) {
    app.post(
      `/v1/resends/:id/${step}`,
      {
        config: { roles: OPERATORS },
        schema: {
          summary: steps[step],
          tags,
          params,
          body: nullable(strictObject({})),
          response: { 200: Job, ...PROBLEM_RESPONSES },
        },
      },
      async (request) => {
        const { id } = request.params;
        const job = isUuid(id) ? await steerResendJob(db, id, step, callerOf(request)) : null;
        if (job === null) throw noSuchJob();
        return job;
      },
    );
  }

  async function readJob(id: string) {
    const job = isUuid(id) ? await findResendJob(db, id) : null;
    if (job === null) throw noSuchJob();
    return job;
  }
}

function noSuchJob(): ProblemError {
  return new ProblemError('not-found', 'There is no such job.');
}
