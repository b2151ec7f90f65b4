import { Link } from 'wouter-preact';
import { codesOf } from '../../api/entity-names.ts';
import { entityPath } from '../../links.ts';

interface EntityCellProps {
  readonly organisation: string;
  readonly department: string;
  /** Null where it has no configuration. */
  readonly entityName: string | null;
}

/** An entity by its name where it has one, and by its codes. */
export function EntityCell({ organisation, department, entityName }: EntityCellProps) {
  const codes = codesOf({ organisation, department });
  return (
    <span class="lines">
      <Link href={entityPath({ organisation, department })}>{entityName ?? <code>{codes}</code>}</Link>
      {entityName !== null && <code class="soft">{codes}</code>}
    </span>
  );
}
