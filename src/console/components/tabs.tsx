import { Link, useLocation, useSearch } from 'wouter-preact';

/** A part of a page that has an address of its own: `?tab=health`. */
interface Tab<Name extends string> {
  readonly name: Name;
  readonly text: string;
}

/** The parameter of the address that names the part. */
const PARAMETER = 'tab';

/** The part that the address names; the first where it names none that there is. */
export function useTab<Name extends string>(tabs: readonly Tab<Name>[]): Name | null {
  const wanted = new URLSearchParams(useSearch()).get(PARAMETER);
  return (tabs.find(({ name }) => name === wanted) ?? tabs[0])?.name ?? null;
}

/** The parts of a page as links: each can be kept, sent, and gone back to. */
export function Tabs<Name extends string>({
  label,
  tabs,
  current,
}: {
  readonly label: string;
  readonly tabs: readonly Tab<Name>[];
  readonly current: Name | null;
}) {
  const [path] = useLocation();
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ name, text }) => (
        <Link
          key={name}
          href={`${path}?${PARAMETER}=${name}`}
          aria-current={name === current ? 'page' : undefined}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
