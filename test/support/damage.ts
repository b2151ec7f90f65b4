import * as fc from 'fast-check';

const LEAF = /<(\w+)[^<>]*>[^<]*<\/\1>/g;
// Values at the edges of the contract's types; lengths are of characters outside the BMP.
const REPLACEMENTS = `
  X 0 1 1000 1001 -1 +7 007 1.5 true AB ab OnLine Online ANUL·LADA 47 PAPER COMUNICACIO
  9223372036854775807 9223372036854775808 00000000T X0000000T ABC123456 ABC1234567 Á0000000T B0000000,
  2026-02-28 2026-02-30 2026-02-28Z 2026-11-24T10:15:30 2026-11-24T24:00:00Z 2026-11-24T10:15:30.1234+15:00
`
  .trim()
  .split(/\s+/)
  .concat('', ' ')
  .concat([50, 51, 100, 101, 255, 256].map((length) => '𝒜'.repeat(length)));

/** Ways to damage a report (some leave it valid): each changes one leaf element, found by its place. */
export const damage = fc
  .oneof(
    fc.constantFrom<((leaf: string) => string)[]>(
      () => '',
      (leaf) => leaf + leaf,
      (leaf) => `<Nou>x</Nou>${leaf}`,
      (leaf) => leaf.replaceAll('Referencia', 'referencia').replaceAll('Canal', 'canal'),
      (leaf) => leaf.replace(/ Pais="[^"]*"/, ''),
      (leaf) => leaf.replace(/ Pais="[^"]*"/, ' Pais="Es"'),
      (leaf) => leaf.replace(/^<(\w+)>/, '<$1 Pais="ES">'),
      (leaf) =>
        leaf.replace(/^<(\w+)>/, '<$1 xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="1">'),
    ),
    fc.constantFrom(...REPLACEMENTS).map((text) => (leaf: string) => leaf.replace(/>[^<]*</, `>${text}<`)),
  )
  .map((change) => (xml: string, place: number) => {
    const found = [...xml.matchAll(LEAF)];
    const chosen = found[place % found.length];
    if (chosen === undefined) return xml;
    const [leaf] = chosen;
    return xml.slice(0, chosen.index) + change(leaf) + xml.slice(chosen.index + leaf.length);
  });
