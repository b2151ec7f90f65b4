import { Type } from 'typebox';
import { REQUESTS_PER_MINUTE } from '../../domain/key.ts';
import { WINDOW_POLICY } from '../../domain/window.ts';
import { OVERSEERS } from '../auth/access.ts';
import { MAX_ROWS } from '../csv/export.ts';
import { NullableText, oneOf, PROBLEM_RESPONSES } from '../schemas.ts';
import type { AddRoutes } from '../types.ts';

/** What the service runs with, as it is shown: made where the settings are read. */
export interface ShownSettings {
  readonly version: string;
  readonly node: string;
  readonly roles: readonly string[];
  readonly settings: readonly {
    readonly name: string;
    readonly value: string | null;
    readonly isSet: boolean;
    readonly isSecret: boolean;
    readonly source: 'default' | 'environment';
  }[];
}

const Settings = Type.Object({
  version: Type.String(),
  node: Type.String({ description: 'The version of Node.js' }),
  roles: Type.Array(Type.String(), { description: 'The parts that the process that answers runs' }),
  settings: Type.Array(
    Type.Object({
      name: Type.String({ description: 'The environment variable' }),
      value: NullableText,
      isSet: Type.Boolean(),
      isSecret: Type.Boolean({ description: 'A secret, or what may hold one: its value is never answered' }),
      source: oneOf(['default', 'environment'], 'default also where the environment says the same'),
    }),
  ),
  window: Type.Object({
    start: Type.Integer(),
    most: Type.Integer(),
    recovered: Type.Integer(),
    firstProbeAfter: Type.String(),
    lastProbeAfter: Type.String(),
  }),
  limits: Type.Object({
    requestsPerMinute: Type.Record(Type.String(), Type.Integer(), { description: 'Of a key, by its role' }),
    exportRows: Type.Integer(),
  }),
});

/** Makes the call that says what the service runs with. */
export function settingsRoutes(shown: ShownSettings): AddRoutes {
  return (app) => {
    app.get(
      '/v1/settings',
      {
        config: { roles: OVERSEERS },
        schema: {
          summary: 'What the service runs with; of secrets, whether they are set',
          description:
            'Of the process that answers. Retries, warnings and suspensions: `GET /v1/policy` too.',
          tags: ['monitoring'],
          response: { 200: Settings, ...PROBLEM_RESPONSES },
        },
      },
      async () => ({
        ...shown,
        roles: [...shown.roles],
        settings: [...shown.settings],
        window: WINDOW_POLICY,
        limits: { requestsPerMinute: REQUESTS_PER_MINUTE, exportRows: MAX_ROWS },
      }),
    );
  };
}
