import { QueueDoesNotExist, SQSServiceException } from '@aws-sdk/client-sqs';

/** Whether the server understood the call and refused what it says. */
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof SQSServiceException && error.$fault === 'client' && !(error instanceof QueueDoesNotExist)
  );
}

/** An error's name or code: nothing of a message's content. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return code ?? error.name;
}
