import type { CorpusGroup } from './answer.ts';
import { codings } from './codings.ts';
import { acknowledgements, refusals } from './contract.ts';
import { dotnet, monoWcf } from './dotnet.ts';
import { charsets } from './encodings.ts';
import { hostile } from './hostile.ts';
import { axis1 } from './java-axis.ts';
import { cxf, cxfCode, metro } from './java.ts';
import { misnamed } from './misnamed.ts';
import { misplaced } from './misplaced.ts';
import { npmSoap, strongSoap } from './node.ts';
import { gsoap, soapLite, spyne } from './perl-c-python.ts';
import { phpNoise, phpNoWsdl, phpWsdl } from './php.ts';
import { between, handWritten } from './plain.ts';

/** All answers, in the order of docs/answers.md. */
export const CORPUS: readonly CorpusGroup[] = [
  acknowledgements,
  refusals,
  misplaced,
  misnamed,
  npmSoap,
  strongSoap,
  phpWsdl,
  phpNoWsdl,
  phpNoise,
  dotnet,
  monoWcf,
  cxf,
  cxfCode,
  metro,
  axis1,
  soapLite,
  gsoap,
  spyne,
  handWritten,
  between,
  charsets,
  codings,
  hostile,
];
