import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import {
  ACKNOWLEDGEMENT,
  envelope,
  faulted,
  httpError,
  made,
  REFUSAL,
  refused,
  TEXT_XML,
  unreadable,
  type CorpusAnswer,
  type CorpusGroup,
} from './answer.ts';

const coded = (coding: string, status = 200): Pick<CorpusAnswer, 'status' | 'headers'> => ({
  status,
  headers: { ...TEXT_XML, 'Content-Encoding': coding },
});

const REFUSED = refused('número repetit');
const UNASKED = 'None was asked for (Accept-Encoding: identity), and servers send them all the same.';
const TOO_LARGE = unreadable('The answer is larger than what is read.', 'too-large');
const BOMB = 'The decompressor stops at the size that is read: it costs no more than an answer of that size.';
const fault = envelope('<s:Fault><faultcode>s:Server</faultcode><faultstring>avaria</faultstring></s:Fault>');
/** 64 MB of white space before an acknowledgement, in some 60 KB. */
const bomb = gzipSync(Buffer.concat([Buffer.alloc(64_000_000, 0x20), Buffer.from(ACKNOWLEDGEMENT)]), {
  level: 9,
});

export const codings: CorpusGroup = {
  title: 'Content codings',
  source: 'made after RFC 9110, 8.4, and what servers make of it',
  answers: [
    made('gzip', gzipSync(REFUSAL), REFUSED, UNASKED, coded('gzip')),
    made(
      'gzip by its older name',
      gzipSync(REFUSAL),
      REFUSED,
      'RFC 9110, 8.4.1.3: the same as gzip.',
      coded('x-gzip'),
    ),
    made(
      'gzip in several members',
      Buffer.concat([gzipSync(REFUSAL.slice(0, 50)), gzipSync(REFUSAL.slice(50))]),
      REFUSED,
      'RFC 1952, 2.2: they are read as one.',
      coded('gzip'),
    ),
    made(
      'deflate in the zlib format',
      deflateSync(REFUSAL),
      REFUSED,
      'RFC 9110, 8.4.1.2: this is what deflate means.',
      coded('deflate'),
    ),
    made(
      'deflate without the zlib format',
      deflateRawSync(REFUSAL),
      REFUSED,
      'IIS and others send it; a zlib stream cannot begin like it.',
      coded('Deflate'),
    ),
    made(
      'deflate, then gzip',
      gzipSync(deflateSync(REFUSAL)),
      REFUSED,
      'RFC 9110, 8.4: listed in the order in which they were applied.',
      coded('deflate, gzip'),
    ),
    made(
      'gzip twice',
      gzipSync(gzipSync(REFUSAL)),
      REFUSED,
      'A server and a proxy that do not know of each other.',
      coded('gzip,gzip'),
    ),
    made('gzip of an acknowledgement', gzipSync(ACKNOWLEDGEMENT), 'acknowledged', UNASKED, coded('gzip')),
    made('gzip of a Fault', gzipSync(fault), faulted('s:Server: avaria'), UNASKED, coded('gzip', 500)),
    made(
      'a charset for a coding',
      REFUSAL,
      REFUSED,
      'Scripts put the charset into the wrong header. It changes no bytes.',
      coded('UTF-8'),
    ),
    made('identity', REFUSAL, REFUSED, 'It changes no bytes.', coded('identity')),
    made(
      'gzip that no header tells of',
      gzipSync(ACKNOWLEDGEMENT),
      unreadable('The answer is gzip that its headers do not tell of.'),
      'What was lost on the way besides the header is not known.',
    ),
    made(
      'a header of gzip that nothing bears out',
      ACKNOWLEDGEMENT,
      unreadable('The answer is not the gzip that its header says.'),
      'A proxy that unpacks without correcting the header may have changed more.',
      coded('gzip'),
    ),
    made(
      'gzip that is cut off',
      gzipSync(ACKNOWLEDGEMENT).subarray(0, -9),
      unreadable('The answer is not the gzip that its header says.'),
      'Its checksum is missing: what came may be a part.',
      coded('gzip'),
    ),
    made(
      'gzip with a wrong checksum',
      damaged(gzipSync(ACKNOWLEDGEMENT)),
      unreadable('The answer is not the gzip that its header says.'),
      'RFC 1952, 2.3.1: the bytes are not those that were sent.',
      coded('gzip'),
    ),
    made(
      'a coding that was not asked for',
      ACKNOWLEDGEMENT,
      unreadable('The answer has a content coding that was not asked for.'),
      'RFC 9110, 12.5.3: the request asks for none.',
      coded('br'),
    ),
    made(
      'more codings than there is reason for',
      gzipSync(gzipSync(gzipSync(gzipSync(ACKNOWLEDGEMENT)))),
      unreadable('The answer has too many content codings.'),
      'Three is more than a server and a proxy need.',
      coded('gzip, gzip, gzip, gzip'),
    ),
    made('64 MB in some kilobytes', bomb, TOO_LARGE, BOMB, coded('gzip')),
    made('64 MB, packed twice', gzipSync(bomb, { level: 9 }), TOO_LARGE, BOMB, coded('gzip, gzip')),
    made('64 MB with a status of failure', bomb, httpError(503), BOMB, coded('gzip', 503)),
    made(
      'no content, with a coding',
      '',
      unreadable('The answer is empty.'),
      'Proxies put the header on empty answers too.',
      coded('gzip', 202),
    ),
  ],
};

/** The same with one bit of its checksum changed. */
function damaged(gzip: Buffer): Buffer {
  const bytes = Buffer.from(gzip);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 8) ^ 1, bytes.length - 8);
  return bytes;
}
