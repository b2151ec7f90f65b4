import { useId } from 'preact/hooks';
import { useTexts } from '../../i18n/texts.ts';
import { endpointTexts } from '../../texts/endpoint.ts';

/** The most bytes of a file that is read: far more than any chain of certificates has. */
const MAX_BYTES = 500_000;

/** Reads a PEM file of this computer into a field. @param what what it is a file of, for who does not see the field */
export function PemFile({ what, onRead }: { readonly what: string; readonly onRead: (pem: string) => void }) {
  const t = useTexts(endpointTexts);
  const id = useId();
  const read = async (file: File): Promise<void> => onRead(await file.slice(0, MAX_BYTES).text());
  return (
    <>
      <label class="button button-small" for={id}>
        {t('file')}
        <span class="visually-hidden">: {what}</span>
      </label>
      <input
        id={id}
        class="visually-hidden file-input"
        type="file"
        accept=".pem,.crt,.cer,.key,application/x-pem-file"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file !== undefined) void read(file);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
