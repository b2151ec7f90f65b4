import { useId } from 'preact/hooks';
import { Field, type FieldProps } from './field.tsx';

interface AreaFieldProps extends FieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly rows?: number;
  /** Where what is written is read by machines. */
  readonly isCode?: boolean;
}

/** A field of several lines of text. */
export function AreaField({ value, onInput, rows = 3, isCode = false, ...field }: AreaFieldProps) {
  return (
    <Field {...field}>
      {(attributes) => (
        <textarea
          {...attributes}
          class={isCode ? 'input input-code' : 'input'}
          rows={rows}
          value={value}
          spellcheck={false}
          autocomplete="off"
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface DateFieldProps extends FieldProps {
  /** `2026-11-25`, or empty. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A day, by the browser's own calendar. */
export function DateField({ value, onChange, ...field }: DateFieldProps) {
  return (
    <Field {...field}>
      {(attributes) => (
        <input
          {...attributes}
          type="date"
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface CheckFieldProps {
  readonly label: string;
  readonly help?: string;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
}

/** Something that is so or not. */
export function CheckField({ label, help, isChecked, onChange }: CheckFieldProps) {
  const id = useId();
  return (
    <div class="choice">
      <input
        id={id}
        type="checkbox"
        checked={isChecked}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <div>
        <label for={id}>{label}</label>
        {help !== undefined && (
          <p class="field-help" id={`${id}-help`}>
            {help}
          </p>
        )}
      </div>
    </div>
  );
}

interface RadioFieldProps<Value extends string> {
  readonly legend: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string; readonly help?: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of several that need a word of explanation each. */
export function RadioField<Value extends string>({
  legend,
  value,
  options,
  onChange,
}: RadioFieldProps<Value>) {
  const id = useId();
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {options.map((option) => (
        <div key={option.value} class="choice">
          <input
            id={`${id}-${option.value}`}
            type="radio"
            name={id}
            checked={option.value === value}
            aria-describedby={option.help === undefined ? undefined : `${id}-${option.value}-help`}
            onChange={() => onChange(option.value)}
          />
          <div>
            <label for={`${id}-${option.value}`}>{option.text}</label>
            {option.help !== undefined && (
              <p class="field-help" id={`${id}-${option.value}-help`}>
                {option.help}
              </p>
            )}
          </div>
        </div>
      ))}
    </fieldset>
  );
}
