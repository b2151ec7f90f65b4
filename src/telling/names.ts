import type { Language } from '../domain/language.ts';

/** What a name of a public body begins with, and its article: nouns of which the gender is known. */
const MASCULINE = new Set([
  'ajuntament',
  'arxiu',
  'ayuntamiento',
  'cabildo',
  'centre',
  'centro',
  'col·legi',
  'colegio',
  'consell',
  'consejo',
  'consorci',
  'consorcio',
  'departament',
  'departamento',
  'hospital',
  'institut',
  'instituto',
  'ministeri',
  'ministerio',
  'organisme',
  'organismo',
  'parlament',
  'parlamento',
  'patronat',
  'patronato',
  'servei',
  'servicio',
  'síndic',
  'tribunal',
]);
const FEMININE = new Set([
  'administració',
  'agència',
  'autoritat',
  'cambra',
  'comissió',
  'comunitat',
  'conselleria',
  'diputació',
  'diputación',
  'empresa',
  'entitat',
  'entidad',
  'fundació',
  'fundación',
  'generalitat',
  'junta',
  'mancomunidad',
  'mancomunitat',
  'oficina',
  'secretaria',
  'societat',
  'sociedad',
  'universidad',
  'universitat',
]);

/**
 * Whose something is: “de l’Ajuntament Inventat”, “de la Diputació Inventada”; where the name begins with no noun whose
 * gender is known, the name stands after a noun that is: “de l’entitat «Inventada, SL»”.
 */
export function ofName(name: string, language: Language): string {
  const shown = name.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  if (language === 'en') return `of ${shown}`;
  const [head = ''] = shown.toLowerCase().split(/[\s,]/, 1);
  const isMasculine = MASCULINE.has(head);
  if (!isMasculine && !FEMININE.has(head)) {
    return language === 'ca' ? `de l’entitat «${shown}»` : `de la entidad «${shown}»`;
  }
  if (language === 'es') return isMasculine ? `del ${shown}` : `de la ${shown}`;
  if (isElided(head, isMasculine)) return `de l’${shown}`;
  return isMasculine ? `del ${shown}` : `de la ${shown}`;
}

/** Before a vowel, or an h, which is silent; but la is whole before i and u, unstressed in every noun above. */
function isElided(word: string, isMasculine: boolean): boolean {
  return (isMasculine ? /^h?[aàeèéiíoòóuú]/ : /^h?[aàeèéoòó]/).test(word);
}
