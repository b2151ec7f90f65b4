import { Count } from '../../components/number.tsx';
import { Table } from '../../components/table.tsx';
import { Time } from '../../components/time.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { listsTexts } from '../../texts/lists.ts';
import { DeliveryCell, useDeliveryName } from './delivery-cell.tsx';
import { EntityCell } from './entity-cell.tsx';
import type { Delivery } from './model.ts';
import type { Selection } from './selection.ts';
import { StatusCell } from './status-cell.tsx';

interface DeliveryTableProps {
  readonly items: readonly Delivery[];
  /** Null where nothing is done with rows. */
  readonly selection: Selection<Delivery> | null;
}

/** A page of deliveries. */
export function DeliveryTable({ items, selection }: DeliveryTableProps) {
  const t = useTexts(listsTexts);
  const nameOf = useDeliveryName();
  return (
    <Table
      caption={t('deliveries')}
      items={items}
      keyOf={({ id }) => id}
      columns={[
        ...(selection === null
          ? []
          : [
              {
                title: t('select'),
                cell: (delivery: Delivery) => (
                  <input
                    class="check"
                    type="checkbox"
                    checked={selection.has(delivery)}
                    aria-label={t('selectOne', {
                      what: `${nameOf(delivery)} ${delivery.notification ?? ''}`.trim(),
                    })}
                    onChange={() => selection.toggle(delivery)}
                  />
                ),
              },
            ]),
        { title: t('delivery'), cell: (delivery) => <DeliveryCell delivery={delivery} /> },
        { title: t('entity'), cell: (delivery) => <EntityCell {...delivery} /> },
        { title: t('status'), cell: (delivery) => <StatusCell delivery={delivery} /> },
        {
          title: t('attempts'),
          cell: ({ attempts, nextAttemptAt }) => (
            <span class="lines">
              <Count value={attempts} />
              {nextAttemptAt !== null && Date.parse(nextAttemptAt) > Date.now() && (
                <span class="soft small">
                  {t('next')} <Time at={nextAttemptAt} isRelative isComing />
                </span>
              )}
            </span>
          ),
        },
        { title: t('created'), cell: ({ createdAt }) => <Time at={createdAt} /> },
      ]}
    />
  );
}
