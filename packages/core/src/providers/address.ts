/** `path` below `base` with the given query; `undefined` values are left out, a query of `base` stays. */
export function addressOf(
  base: string,
  path: string,
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const [address = '', ownQuery = ''] = base.split('?', 2)
  const search = new URLSearchParams(ownQuery)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value)
  const text = search.toString()
  return `${address.replace(/\/+$/, '')}${path}${text === '' ? '' : `?${text}`}`
}
