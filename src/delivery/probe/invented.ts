import type { Company, Party, Person, PersonDocument, Signer } from '../../domain/notification.ts';

/** What says to whoever reads a report that is sent for trial that it is none. */
export const MARK = 'PROVA: informe inventat, no correspon a cap notificació';

/** Nobody, by one of the documents that a person may have. */
export function inventedPerson(
  document: Partial<PersonDocument> = {},
  fullName = 'Persona Inventada',
): Person {
  return { document: { type: 'NIF', number: '00000000T', country: null, ...document }, fullName };
}

export const INVENTED_COMPANY: Company = {
  document: { type: 'CIF', number: 'B00000000', country: null },
  name: 'Empresa Inventada, SL',
};

/** Signed by the party that the notification is for. */
export function signedBy(party: Party): Signer {
  return { type: 'interested', party };
}
