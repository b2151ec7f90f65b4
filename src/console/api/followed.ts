/** How often what is not finished is read again, in milliseconds, beside the hints of `GET /v1/live`. */
const AGAIN_MS = 5_000;

/**
 * How a query of deliveries follows what happens: it is read again at hints (`meta.live`), and from time to time until
 * it is finished.
 */
export function followed<Data>(isFinished: (data: Data) => boolean) {
  return {
    meta: { live: ['deliveries', 'communications'] },
    refetchInterval: ({ state: { data } }: { readonly state: { readonly data: Data | undefined } }) =>
      data === undefined || isFinished(data) ? false : AGAIN_MS,
  } as const;
}
