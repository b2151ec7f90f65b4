import { Link } from 'wouter-preact';
import { entityPath } from '../../links.ts';

interface EntityCellProps {
  readonly organisation: string;
  readonly department: string;
  readonly names: ReadonlyMap<string, string>;
}

/** An entity by its name where that is known, and by its codes. */
export function EntityCell({ organisation, department, names }: EntityCellProps) {
  const codes = `${organisation}/${department}`;
  const name = names.get(codes);
  return (
    <span class="lines">
      <Link href={entityPath({ organisation, department })}>{name ?? <code>{codes}</code>}</Link>
      {name !== undefined && <code class="soft">{codes}</code>}
    </span>
  );
}
