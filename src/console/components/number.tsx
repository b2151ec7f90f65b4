import { formatNumber } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.ts';

/** A number in the language’s form. */
export function Count({ value }: { readonly value: number }) {
  return <>{formatNumber(useLanguage(), value)}</>;
}
