import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import { createSdkHandler, type SdkHandler } from './sdk-handler.ts';

/** Environment variables by which the SDK's own chain finds credentials without asking a metadata server. */
const CREDENTIAL_SOURCES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/** How long a call may take to answer, but for a long poll. */
export const CALL_TIMEOUT_MS = 5_000;

/**
 * An SDK client for AWS (region and credentials by the SDK's own chain), or for the SQS-compatible server at
 * `endpoint`: there the region is us-east-1 and the credentials invented, unless the environment gives some.
 *
 * @param handler how it talks HTTP
 */
export function createSqsClient(
  endpoint: string | null,
  handler: SdkHandler = createSdkHandler(CALL_TIMEOUT_MS),
): SQSClient {
  // The pinned version runs on every Node that we name; its advice to upgrade is no operator's business.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const config: SQSClientConfig = {
    // Checking the MD5 of every body costs 15 % of a call's CPU (844 → 720 µs, a send of ten) and finds
    // nothing: bodies are parsed, and TLS protects them on the way.
    md5: false,
    // What a command passes through is put together once, not at each call; only for calls without options.
    cacheMiddleware: true,
    requestHandler: handler,
  };
  if (endpoint === null) return new SQSClient(config);
  const hasCredentials = CREDENTIAL_SOURCES.some((name) => (process.env[name] ?? '') !== '');
  return new SQSClient({
    ...config,
    endpoint,
    // Such a server's queue URLs may have a host that does not resolve here.
    useQueueUrlAsEndpoint: false,
    region: process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? 'us-east-1',
    ...(hasCredentials ? {} : { credentials: { accessKeyId: 'none', secretAccessKey: 'none' } }),
  });
}
