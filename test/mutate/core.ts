const ANSWERS = ['src/soap/answer.test.ts', 'test/corpus'];

/** What is changed, and the tests of which one must notice, the quickest first: all without a database. */
export const CORE: Readonly<Record<string, readonly string[]>> = {
  'src/domain/delivery.ts': ['src/domain/delivery.test.ts', 'test/model'],
  'src/domain/window.ts': ['src/domain/window.test.ts', 'test/model'],
  'src/domain/attempt.ts': ['src/domain/attempt.test.ts', 'src/domain/window.test.ts', 'test/model'],
  'src/domain/retry-policy.ts': ['src/domain/retry-policy.test.ts', 'src/domain/delivery.test.ts'],
  'src/domain/duration.ts': ['src/domain/retry-policy.test.ts'],
  'src/domain/state.ts': ['src/domain/state.test.ts'],
  'src/domain/day.ts': ['src/domain/day.test.ts'],
  'src/domain/address.ts': ['src/domain/address.test.ts'],
  'src/domain/address-rules.ts': ['src/domain/address-rules.test.ts'],
  'src/delivery/pace.ts': ['src/delivery/pace.test.ts'],
  'src/delivery/intake/judge.ts': [
    'src/delivery/intake/judge.test.ts',
    'src/delivery/intake/judge-cases.test.ts',
  ],
  'src/delivery/intake/restraint.ts': ['src/delivery/intake/restraint.test.ts'],
  'src/delivery/intake/patience.ts': ['src/delivery/intake/patience.test.ts'],
  'src/delivery/post/retry-after.ts': ['src/delivery/post/retry-after.test.ts'],
  'src/delivery/post/content-coding.ts': ['src/delivery/post/content-coding.test.ts', 'test/corpus'],
  'src/delivery/post/verdict.ts': ['src/delivery/post/verdict.test.ts', 'test/corpus'],
  'src/soap/answer.ts': ANSWERS,
  'src/soap/answer-acknowledgement.ts': ANSWERS,
  'src/soap/answer-failure.ts': ANSWERS,
  'src/soap/read-xml.ts': ['src/soap/read-xml.test.ts', ...ANSWERS],
  'src/soap/decode-xml.ts': ['src/soap/decode-xml.test.ts', ...ANSWERS],
  'src/soap/multipart.ts': ['src/soap/multipart.test.ts', ...ANSWERS],
  'src/soap/content-type.ts': ['src/soap/content-type.test.ts'],
  'src/soap/xs-date.ts': ['src/soap/xs-date.test.ts'],
  'src/soap/read-request.ts': ['src/soap/read-request.test.ts'],
  'src/soap/recover-request.ts': ['src/soap/recover-request.test.ts'],
};
