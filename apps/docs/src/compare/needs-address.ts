/** The needs an address asks for, in the order of `known`; what nobody knows is ignored. */
export function parseNeeds(search: string, known: readonly string[]): readonly string[] {
  const asked = new URLSearchParams(search).get('needs')?.split(',') ?? []
  return known.filter((id) => asked.includes(id))
}
