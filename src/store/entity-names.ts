/** SQL of an entity's name as people read it, of its configuration `c`; null where it has none. */
export const ENTITY_NAME = `nullif(
  concat_ws(', ', nullif(c.nom_organisme, ''), nullif(c.nom_departament, '')), '')`;

/** SQL that joins the configuration `c` of a row's entity, of which there may be none (any more). */
export const joinEntity = (row: string): string =>
  `left join nt30.aoc_nt_configuracio_callbacks c on c.organisme = ${row}.organisme and c.departament = ${row}.departament`;
