import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { StoredEntity } from '../../store/entities.ts';
import type { EndpointView, EntityView } from './schema.ts';

/**
 * The ETag of a configuration as it is answered: its row's number, so that an entity deleted and created again
 * does not have its old tags; its version; and what changes without it, a pause, suspensions, what servers have shown and when
 * certificates end, where there is any.
 */
export function etagOf({ id, version }: StoredEntity, view: EntityView): string {
  const endpoints: EndpointView[] = [
    view.endpoint,
    ...Object.values(view.backOffices).map(({ endpoint }) => endpoint),
  ];
  const shown = endpoints.map(({ tls }) => tls.serverCertificateInfo);
  const isPlain =
    view.paused === null &&
    view.suspended.length === 0 &&
    view.warnings.length === 0 &&
    shown.every((info) => info === null);
  if (isPlain) return `"${id}.${version}"`;
  const seen = createHash('sha256').update(
    JSON.stringify([shown, view.warnings, view.paused, view.suspended]),
  );
  return `"${id}.${version}.${seen.digest('base64url').slice(0, 16)}"`;
}

/** The tag of the version alone: what a change is conditional on. */
export function versionTagOf({ id, version }: StoredEntity): string {
  return `"${id}.${version}"`;
}

/** A request's headers with its tags cut to those of versions: what was merely seen does not prevent a change. */
export function byVersion(headers: FastifyRequest['headers']): FastifyRequest['headers'] {
  const cut = (tags: string | undefined) => tags?.replaceAll(/"(\d+\.\d+)\.[\w-]{16}"/g, '"$1"');
  const ifMatch = cut(headers['if-match']);
  const ifNoneMatch = cut(headers['if-none-match']);
  return {
    ...headers,
    ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    ...(ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch }),
  };
}
