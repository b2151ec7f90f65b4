import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { change, ENTITY } from '../support/changes.ts';
import { startDnsServer, type DnsServer } from '../support/dns-server.ts';
import { fresh, journeyTest } from '../support/journey.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { startTrap, type Trap } from '../support/trap.ts';

const { started, receiving, closing } = journeyTest();

/** What names stand for in these tests; the DNS server is on the loopback too. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.1', '::1'],
  'backoffice.example': ['127.0.0.1'],
  'six.example': ['::1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'several.example': ['10.0.0.1', '127.0.0.1', '::1', 'fe80::1'],
  'metadata.google.internal': ['169.254.169.254'],
  'unspecified.example': ['0.0.0.0', '::'],
  'nat64.example': ['64:ff9b::127.0.0.1'],
};

/** Whether an address here is the trap's, so that it is reached where private endpoints are allowed. */
type Target = 'trap' | 'elsewhere';

/** Each URL without its port, where it leads, and what it tries. */
const ADDRESSES: readonly (readonly [url: string, target: Target, reason: string])[] = [
  ['http://127.0.0.1', 'trap', 'loopback'],
  ['https://127.0.0.1', 'trap', 'loopback, in TLS'],
  ['http://127.0.0.2', 'elsewhere', 'another address of the loopback'],
  ['http://127.255.255.254', 'elsewhere', 'the last address of the loopback'],
  ['http://127.1', 'trap', 'short form of two parts'],
  ['http://127.0.1', 'trap', 'short form of three parts'],
  ['http://2130706433', 'trap', 'one integer'],
  ['http://0x7f000001', 'trap', 'one hexadecimal integer'],
  ['http://0X7F000001', 'trap', 'hexadecimal in capitals'],
  ['http://017700000001', 'trap', 'one octal integer'],
  ['http://0177.0.0.1', 'trap', 'octal part'],
  ['http://0177.0.0.01', 'trap', 'octal parts'],
  ['http://0x7f.0.0.1', 'trap', 'hexadecimal part'],
  ['http://0x7f.1', 'trap', 'hexadecimal short form'],
  ['http://0x7f.0x0.0x0.0x1', 'trap', 'hexadecimal parts'],
  ['http://0x7f.0.0.0001', 'trap', 'hexadecimal, decimal and octal mixed'],
  ['http://0000000177.0.0.1', 'trap', 'octal with leading zeros'],
  ['http://127.0.0.1.', 'trap', 'trailing dot'],
  ['http://2130706433.', 'trap', 'integer with a trailing dot'],
  ['http://%31%32%37.0.0.1', 'trap', 'percent-encoded digits'],
  ['http://127%2E0%2E0%2E1', 'trap', 'percent-encoded dots'],
  ['http://①②⑦.⓪.⓪.①', 'trap', 'circled digits'],
  ['http://１２７.０.０.１', 'trap', 'full-width digits'],
  ['http://127。0。0。1', 'trap', 'ideographic full stops'],
  ['http://127．0．0．1', 'trap', 'full-width full stops'],
  ['http://127｡0｡0｡1', 'trap', 'half-width ideographic full stops'],
  ['http://𝟏𝟐𝟕.𝟎.𝟎.𝟏', 'trap', 'mathematical digits'],
  ['http://127.0.0\u00AD.1', 'trap', 'soft hyphen, which IDNA drops'],
  ['HTTP://127.0.0.1', 'trap', 'scheme in capitals'],
  ['http:127.0.0.1', 'trap', 'no slashes'],
  ['http:/127.0.0.1', 'trap', 'one slash'],
  ['http:///127.0.0.1', 'trap', 'three slashes'],
  ['http://0.0.0.0', 'trap', 'unspecified, which many systems take for the loopback'],
  ['http://0', 'trap', 'unspecified, as an integer'],
  ['http://0.1.2.3', 'elsewhere', 'this network'],
  ['http://10.0.0.1', 'elsewhere', 'private'],
  ['http://0xa.1', 'elsewhere', 'private, hexadecimal short form'],
  ['http://167772161', 'elsewhere', 'private, one integer'],
  ['http://172.16.0.1', 'elsewhere', 'private'],
  ['http://172.31.255.255', 'elsewhere', 'private, the last address'],
  ['http://192.168.1.1', 'elsewhere', 'private'],
  ['http://100.64.0.1', 'elsewhere', 'carrier-grade NAT'],
  ['http://100.100.100.200', 'elsewhere', "a cloud's metadata in carrier-grade NAT"],
  ['http://169.254.169.254', 'elsewhere', "clouds' metadata, link-local"],
  ['http://2852039166', 'elsewhere', "clouds' metadata, one integer"],
  ['http://0251.0376.0251.0376', 'elsewhere', "clouds' metadata, octal"],
  ['http://192.0.0.192', 'elsewhere', "a cloud's metadata in the IETF's block"],
  ['http://168.63.129.16', 'elsewhere', "a cloud's platform service"],
  ['http://192.0.2.1', 'elsewhere', 'documentation'],
  ['http://198.51.100.1', 'elsewhere', 'documentation'],
  ['http://203.0.113.1', 'elsewhere', 'documentation'],
  ['http://198.18.0.1', 'elsewhere', 'benchmarks'],
  ['http://192.88.99.1', 'elsewhere', '6to4 relays'],
  ['http://224.0.0.1', 'elsewhere', 'multicast'],
  ['http://239.255.255.250', 'elsewhere', 'multicast'],
  ['http://240.0.0.1', 'elsewhere', 'reserved'],
  ['http://255.255.255.255', 'elsewhere', 'broadcast'],
  ['http://[::1]', 'trap', 'loopback of IPv6'],
  ['http://[0:0:0:0:0:0:0:1]', 'trap', 'loopback of IPv6, written out'],
  ['http://[::0.0.0.1]', 'trap', 'loopback of IPv6, its end in decimal'],
  ['http://[::]', 'trap', 'unspecified of IPv6'],
  ['http://[::ffff:127.0.0.1]', 'trap', 'IPv4-mapped loopback'],
  ['http://[::ffff:7f00:1]', 'trap', 'IPv4-mapped loopback in hexadecimal'],
  ['http://[0:0:0:0:0:FFFF:7F00:0001]', 'trap', 'IPv4-mapped loopback, written out'],
  ['http://[::ffff:10.0.0.1]', 'elsewhere', 'IPv4-mapped private'],
  ['http://[::ffff:169.254.169.254]', 'elsewhere', 'IPv4-mapped metadata'],
  ['http://[::127.0.0.1]', 'elsewhere', 'IPv4-compatible loopback'],
  ['http://[::ffff:0:127.0.0.1]', 'elsewhere', 'IPv4-translated loopback'],
  ['http://[64:ff9b::127.0.0.1]', 'elsewhere', 'NAT64 of the loopback'],
  ['http://[64:ff9b::a9fe:a9fe]', 'elsewhere', 'NAT64 of the metadata'],
  ['http://[64:ff9b:1::7f00:1]', 'elsewhere', 'local NAT64'],
  ['http://[2002:7f00:1::]', 'elsewhere', '6to4 of the loopback'],
  ['http://[2001:0:7f00:1::]', 'elsewhere', 'Teredo'],
  ['http://[2001:db8::1]', 'elsewhere', 'documentation of IPv6'],
  ['http://[3fff::1]', 'elsewhere', 'documentation of IPv6'],
  ['http://[fc00::1]', 'elsewhere', 'unique local'],
  ['http://[fd00:ec2::254]', 'elsewhere', "a cloud's metadata in unique local"],
  ['http://[fe80::1]', 'elsewhere', 'link-local'],
  ['http://[fec0::1]', 'elsewhere', 'site-local'],
  ['http://[ff02::1]', 'elsewhere', 'multicast of IPv6'],
  ['http://[100::1]', 'elsewhere', 'discard-only'],
  ['http://[5f00::1]', 'elsewhere', 'segment routing'],
  ['http://localhost', 'trap', 'a name of the loopback'],
  ['http://LOCALHOST.', 'trap', 'in capitals, with a trailing dot'],
  ['http://loc%61lhost', 'trap', 'percent-encoded'],
  ['http://ⓛocalhost', 'trap', 'with a circled letter'],
  ['http://backoffice.example', 'trap', 'a name that DNS gives the loopback'],
  ['https://backoffice.example', 'trap', 'the same in TLS'],
  ['http://six.example', 'trap', 'a name that DNS gives the loopback of IPv6'],
  ['http://mapped.example', 'trap', 'a name that DNS gives a mapped loopback'],
  ['http://several.example', 'elsewhere', 'a name of several private addresses'],
  ['http://metadata.google.internal', 'elsewhere', "the name of a cloud's metadata"],
  ['http://unspecified.example', 'trap', 'a name that DNS gives the unspecified addresses'],
  ['http://nat64.example', 'elsewhere', 'a name that DNS gives NAT64 of the loopback'],
];

/** What is no URL of an endpoint: refused when it is configured. PORT stands for the trap's. */
const REFUSED: readonly (readonly [url: string, reason: string])[] = [
  ['http://[fe80::1%25lo]:PORT/', 'a zone id'],
  ['http://[::1%25lo]:PORT/', 'a zone id on the loopback'],
  ['http://user@127.0.0.1:PORT/', 'a user'],
  ['http://user:password@127.0.0.1:PORT/', 'a user and a password'],
  ['http://backoffice.example@127.0.0.1:PORT/', 'a user that looks like a host'],
  ['http://backoffice.example:80\\@127.0.0.1:PORT/', 'a backslash before the user'],
  ['http:\\\\127.0.0.1:PORT/', 'backslashes'],
  ['http://127.0.0.1:PORT/#@backoffice.example/', 'a fragment'],
  ['http://127.0.0.1\t:PORT/', 'a tab'],
  ['http://127.0.0.1:PORT/\r\nX: y', 'a line end'],
  ['http://127.0.0.256:PORT/', 'a part too large'],
  ['http://0x1.0x2.0x3.0x4.0x5:PORT/', 'too many parts'],
  ['http://4294967296:PORT/', 'an integer too large'],
  ['http://[::1:PORT/', 'a bracket that does not close'],
  ['http://127.0.0.1:99999/', 'a port that does not exist'],
  ['ftp://127.0.0.1:PORT/', 'ftp'],
  ['file:///etc/passwd', 'a file'],
  ['gopher://127.0.0.1:PORT/_POST', 'gopher'],
  ['data:text/xml,x', 'data'],
  ['javascript:0', 'a script'],
  ['ws://127.0.0.1:PORT/', 'a web socket'],
  ['unix:/run/docker.sock', 'a socket of the system'],
  ['//127.0.0.1:PORT/', 'no scheme'],
  ['', 'nothing'],
];

const PATH = `/v1/entities/${ENTITY.organisation}/${ENTITY.department}`;

let trap: Trap;
let dns: DnsServer;
let strict: TestService;
let open: TestService;

beforeAll(async () => {
  trap = await startTrap(['127.0.0.1', '::1']);
  dns = await startDnsServer((name) => NAMES[name] ?? []);
  strict = await startTestService({ settings: { allowPrivateEndpoints: false }, resolve: dns.resolve });
  open = await startTestService({ resolve: dns.resolve });
});

afterAll(async () => {
  await strict.close();
  await open.close();
  await dns.close();
  await trap.close();
});

async function testAt(t: TestService, url: string) {
  await t.configure(url);
  return (await t.call('POST', `${PATH}/test`)).body;
}

const addressed = (url: string): string => `${url}:${trap.port}/reports`;

describe('an endpoint that is not of the Internet', () => {
  it.each(ADDRESSES)('is blocked: %s, %s, %s', async (url, _target, _reason) => {
    const before = trap.hits();
    const result = await testAt(strict, addressed(url));
    expect(result).toMatchObject({
      outcome: 'blocked',
      errorCode: 'address-not-allowed',
      httpStatus: null,
      response: null,
      phases: { connect: null, firstByte: null },
    });
    expect(trap.hits()).toBe(before);
  });

  // Otherwise nothing above would show anything.
  it.each(ADDRESSES.filter(([, target]) => target === 'trap'))(
    'would have been reached: %s, %s, %s',
    async (url) => {
      const isOfSix = /\[::(?:1|0\.0\.0\.1)?\]|:0:0:1\]|six\./.test(url);
      if (isOfSix && !trap.addresses.includes('::1')) return;
      const before = trap.hits();
      const result = await testAt(open, addressed(url));
      // The trap speaks no TLS; that it was spoken to is enough.
      expect(result.outcome).toBe(/^https/i.test(url) ? 'unreachable' : 'acknowledged');
      expect(trap.hits()).toBeGreaterThan(before);
    },
  );

  it('is blocked for ordinary deliveries too, and spends none of their attempts', async () => {
    const t = await started({ settings: { allowPrivateEndpoints: false }, resolve: dns.resolve });
    const before = trap.hits();
    await t.configure(addressed('http://backoffice.example'));
    const delivery = await t.deliver(change({ notification: fresh() }));
    await t.attempted((event) => event.delivery === delivery && event.outcome === 'blocked');
    expect(await t.delivery(delivery)).toMatchObject({
      status: 'waiting',
      waitingFor: 'configuration',
      attempts: 0,
      attemptList: [{ outcome: 'blocked', attempt: null, errorCode: 'address-not-allowed' }],
    });
    expect(trap.hits()).toBe(before);
  });
});

describe('what is no URL of an endpoint', () => {
  it.each(REFUSED)('is refused when it is configured: %j, %s', async (url) => {
    const before = trap.hits();
    const put = async (body: unknown) => strict.call('PUT', PATH, body);
    await strict.configure('https://backoffice.example/kept');
    const given = url.replace('PORT', String(trap.port));
    const answer = await put({
      organisationName: 'Ajuntament Inventat',
      departmentName: 'Secretaria',
      endpoint: { url: given },
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', fields: [{ field: 'endpoint.url' }] },
    });
    const kept = await strict.call('GET', PATH);
    expect(kept.body).toMatchObject({ endpoint: { url: 'https://backoffice.example/kept' } });
    expect(trap.hits()).toBe(before);
  });
});

describe('the settings', () => {
  it('ALLOWED_NETWORKS lets in what it names, and nothing beside it', async () => {
    const receiver = await receiving();
    const t = await started({
      settings: { allowPrivateEndpoints: false, allowedNetworks: ['127.0.0.1/32'] },
      resolve: dns.resolve,
    });
    expect(await testAt(t, receiver.url)).toMatchObject({ outcome: 'acknowledged' });
    expect(await testAt(t, `http://[::ffff:127.0.0.1]:${receiver.port}/`)).toMatchObject({
      outcome: 'acknowledged',
    });
    for (const host of ['127.0.0.2', '[::1]', '10.0.0.1']) {
      expect(await testAt(t, `http://${host}:${receiver.port}/`)).toMatchObject({ outcome: 'blocked' });
    }
  });

  it('ALLOWED_PORTS keeps to its ports, the schemes’ own ones included', async () => {
    const receiver = await receiving();
    const { port } = receiver;
    const t = await started({ settings: { allowedPorts: [{ from: port, to: port }] } });
    expect(await testAt(t, receiver.url)).toMatchObject({ outcome: 'acknowledged' });
    for (const [url, refused] of [
      [addressed('http://127.0.0.1'), trap.port],
      ['http://127.0.0.1/', 80],
      ['https://127.0.0.1/', 443],
    ] as const) {
      expect(await testAt(t, url)).toMatchObject({
        outcome: 'blocked',
        errorCode: 'address-not-allowed',
        errorText: `Port ${refused} is not sent to (ALLOWED_PORTS).`,
      });
    }
  });

  it('REQUIRE_HTTPS keeps to https', async () => {
    const before = trap.hits();
    const t = await started({ settings: { requireHttps: true } });
    expect(await testAt(t, addressed('http://127.0.0.1'))).toMatchObject({
      outcome: 'blocked',
      errorCode: 'address-not-allowed',
      errorText: 'Only https is sent to (REQUIRE_HTTPS).',
    });
    expect(trap.hits()).toBe(before);
    expect(await testAt(t, addressed('https://127.0.0.1'))).toMatchObject({ errorCode: 'tls-protocol' });
  });

  it('that let in what was blocked release it at the next start', async () => {
    const receiver = await receiving();
    const narrow = { allowPrivateEndpoints: false, allowedNetworks: ['10.0.0.0/8'] };
    const t = await started({ settings: narrow });
    await t.configure(receiver.url);
    const delivery = await t.deliver(change({ notification: fresh() }));
    await t.attempted((event) => event.delivery === delivery && event.outcome === 'blocked');
    await t.stop();
    const wide = { ...narrow, allowedNetworks: ['10.0.0.0/8', '127.0.0.0/8'] };
    const again = await startTestService({ beside: t, settings: wide });
    closing(async () => again.close());
    expect(await again.finished(delivery)).toMatchObject({ status: 'acknowledged', attempt: 1 });
  });
});
