import { MAX_READ_BYTES } from '../../../src/delivery/post/verdict.ts';
import {
  ACKNOWLEDGEMENT,
  envelope,
  made,
  refused,
  response,
  unreadable,
  wrapper,
  type CorpusGroup,
  type Expected,
} from './answer.ts';

const notXml = (problem: string): Expected =>
  unreadable(`The answer is not XML that can be read: ${problem}.`);
const NO_DTD = notXml('a document type declaration is not allowed');
const DTD = 'SOAP 1.1, 3, and 1.2, 5, forbid it; without it nothing can expand, and nothing is fetched.';
const BOUNDED = 'What an answer may cost is bounded; the contract’s own form has five elements.';
const NAMES = 'XML 1.0 and its namespaces: not well-formed.';

const body = (content: string): string => envelope(wrapper(response(content)));
const laughs = `<!DOCTYPE l [<!ENTITY a "ha">${Array.from('bcdefghij', (name, index) => `<!ENTITY ${name} "${`&${'abcdefghij'.charAt(index)};`.repeat(10)}">`).join('')}]>`;
const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);

export const hostile: CorpusGroup = {
  title: 'What is meant to harm, or might as well be',
  source: 'made against the reader',
  answers: [
    made('a DTD', `<!DOCTYPE s:Envelope>${ACKNOWLEDGEMENT}`, NO_DTD, DTD),
    made(
      'entities of entities',
      `${laughs}${ACKNOWLEDGEMENT.replace('</s:Body>', '&j;</s:Body>')}`,
      NO_DTD,
      DTD,
    ),
    made(
      'a file for an entity',
      `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>${body('<Error>&f;</Error>')}`,
      NO_DTD,
      DTD,
    ),
    made(
      'a DTD from elsewhere',
      `<!DOCTYPE x SYSTEM "http://inventat.example/x.dtd">${ACKNOWLEDGEMENT}`,
      NO_DTD,
      DTD,
    ),
    made(
      'a DTD that makes an Error vanish',
      `<!DOCTYPE x [<!ENTITY % p "<!ENTITY e ''>">%p;]>${body('&e;')}`,
      NO_DTD,
      DTD,
    ),
    made(
      'an entity of HTML',
      body('&nbsp;'),
      notXml('1:196: undefined entity'),
      'XML 1.0, 4.6: five entities are known without a DTD.',
    ),
    made(
      'the five entities and references',
      body('<Error>&lt;&gt;&amp;&quot;&apos;&#233;&#x1D49C;</Error>'),
      refused('<>&"\'é𝒜'),
      'XML 1.0, 4.6 and 4.1.',
    ),
    made(
      'a reference to NUL',
      body('&#0;'),
      notXml('1:194: malformed character entity'),
      'XML 1.0, 2.2: it is no character.',
    ),
    made(
      'a control character',
      body('\u0001'),
      notXml('1:191: disallowed character'),
      'XML 1.0, 2.2: it is no character.',
    ),
    made(
      'NUL after the end',
      `${ACKNOWLEDGEMENT}\0`,
      notXml(`1:${ACKNOWLEDGEMENT.length + 1}: disallowed character`),
      'XML 1.0, 2.1: after the root come comments, instructions and white space.',
    ),
    made(
      'text after the end',
      `${ACKNOWLEDGEMENT}OK`,
      notXml(`1:${ACKNOWLEDGEMENT.length + 2}: text data outside of root node`),
      'XML 1.0, 2.1: after the root come comments, instructions and white space.',
    ),
    made(
      'a second document',
      ACKNOWLEDGEMENT + ACKNOWLEDGEMENT,
      notXml(`1:${ACKNOWLEDGEMENT.length + 12}: documents may contain only one root`),
      'XML 1.0, 2.1: of two answers nobody knows which counts.',
    ),
    made(
      'cut off',
      ACKNOWLEDGEMENT.slice(0, -3),
      notXml('1:260: unclosed tag: s:Envelope'),
      'What could follow is not known.',
    ),
    made(
      'an attribute twice',
      body('').replace('<RespostaReport', '<RespostaReport a="1" a="2"'),
      notXml('1:202: duplicate attribute: a'),
      NAMES,
    ),
    made(
      'an attribute twice under two prefixes',
      body('').replace('<RespostaReport', '<RespostaReport xmlns:a="u" xmlns:b="u" a:c="" b:c=""'),
      notXml('1:228: duplicate attribute: {u}c'),
      NAMES,
    ),
    made(
      'a prefix that is not declared',
      body('<x:Error/>'),
      notXml('1:200: unbound namespace prefix: "x"'),
      NAMES,
    ),
    made(
      'a declaration of xmlns',
      body('').replace('<RespostaReport', '<RespostaReport xmlns:xmlns="u"'),
      notXml('1:168: xmlns prefix must be bound to http://www.w3.org/2000/xmlns/'),
      NAMES,
    ),
    made(
      'an ampersand that is text',
      body('<Error>a & b</Error>'),
      notXml('1:283: unclosed tag: Error'),
      'XML 1.0, 2.4: it begins a reference. What was refused is told by the body in the log.',
    ),
    made(
      'attributes without quotes',
      body('').replace('"http://www.aocat.net/NT/v4.0"', 'NT'),
      notXml('1:160: unquoted attribute value'),
      NAMES,
    ),
    made('51 levels', envelope(nested(49)), notXml('more than 50 levels of elements'), BOUNDED),
    made(
      '5,001 elements',
      body('<a/>'.repeat(5_001)),
      notXml('more than 5000 elements and attributes'),
      BOUNDED,
    ),
    made(
      '101 attributes',
      body('').replace(
        '<RespostaReport',
        `<RespostaReport${Array.from({ length: 101 }, (_, n) => ` a${n}=""`).join('')}`,
      ),
      notXml('more than 100 attributes of one element'),
      BOUNDED,
    ),
    made(
      'a name of 1,001 characters',
      body(`<${'a'.repeat(1_001)}/>`),
      notXml('a name of more than 1000 characters'),
      BOUNDED,
    ),
    made(
      'a text of 50,001 characters',
      body(`<Error>${'a'.repeat(50_001)}</Error>`),
      notXml('a text of more than 50000 characters'),
      BOUNDED,
    ),
    made(
      '8,001 comments',
      body('<!---->'.repeat(8_001)),
      notXml('more than 8000 tags, comments and references'),
      BOUNDED,
    ),
    made(
      '8,001 references',
      body('&lt;'.repeat(8_001)),
      notXml('more than 8000 tags, comments and references'),
      BOUNDED,
    ),
    made(
      'one byte more than is read',
      ACKNOWLEDGEMENT + ' '.repeat(MAX_READ_BYTES - ACKNOWLEDGEMENT.length + 1),
      unreadable('The answer is larger than what is read.', 'too-large'),
      BOUNDED,
    ),
    made(
      'as many bytes as are read',
      ACKNOWLEDGEMENT + ' '.repeat(MAX_READ_BYTES - ACKNOWLEDGEMENT.length),
      'acknowledged',
      BOUNDED,
    ),
    made(
      'an Error of 5,000 characters',
      body(`<Error>${'no '.repeat(1_667)}</Error>`),
      refused(`${'no '.repeat(1_333)}…`),
      'The log keeps 4,000 characters of it.',
    ),
  ],
};
