import { DatabaseError } from 'pg';
import { expect, it } from 'vitest';
import { createLogger, readLogLevel } from './log.ts';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): unknown[] {
  const lines: unknown[] = [];
  write(createLogger('info', { write: (line) => lines.push(JSON.parse(line)) }));
  return lines;
}

function databaseError(): DatabaseError {
  const error = new DatabaseError('duplicate key value: Persona Inventada', 100, 'error');
  error.code = '23505';
  error.detail = 'Key (nom)=(Persona Inventada) already exists.';
  error.where = 'Persona Inventada';
  error.constraint = 'nom_unic';
  error.table = 'aoc_nt_notificacions';
  error.routine = '_bt_check_unique';
  return error;
}

it('says of a database error which constraint of which table, and quotes no value', () => {
  const [line] = logged((logger) => logger.error({ err: databaseError() }, 'a statement failed'));
  expect(line).toMatchObject({
    level: 'error',
    msg: 'a statement failed',
    err: {
      code: '23505',
      constraint: 'nom_unic',
      table: 'aoc_nt_notificacions',
      routine: '_bt_check_unique',
    },
  });
  expect(JSON.stringify(line)).not.toContain('Persona');
});

it('quotes no value of a database error that is logged alone, or is the cause of another', () => {
  const lines = logged((logger) => {
    logger.error(databaseError());
    logger.error({ err: new Error('the change was not kept', { cause: databaseError() }) }, 'failed');
  });
  expect(lines).toHaveLength(2);
  expect(JSON.stringify(lines)).toContain('the change was not kept');
  expect(JSON.stringify(lines)).not.toContain('Persona');
});

it('quotes nothing of a text that is no JSON', () => {
  let error: unknown;
  try {
    JSON.parse('Persona Inventada');
  } catch (caught) {
    error = caught;
  }
  const lines = logged((logger) => logger.warn({ err: error }, 'unreadable'));
  expect(lines).toMatchObject([{ err: { name: 'SyntaxError' } }]);
  expect(JSON.stringify(lines)).not.toContain('Persona');
});

it('tells each failure of several', () => {
  const refusal = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const lines = logged((logger) => logger.error({ err: new AggregateError([refusal]) }, 'no connection'));
  expect(lines).toMatchObject([{ err: { errors: [{ code: 'ECONNREFUSED' }] } }]);
});

it('takes the level from LOG_LEVEL, and refuses one that it does not know', () => {
  expect([readLogLevel({}), readLogLevel({ LOG_LEVEL: '' }), readLogLevel({ LOG_LEVEL: 'WARN' })]).toEqual([
    'info',
    'info',
    'warn',
  ]);
  expect(() => readLogLevel({ LOG_LEVEL: 'loud' })).toThrow(/LOG_LEVEL must be one of/);
});
