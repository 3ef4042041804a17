import { parse } from 'yaml'

/** What an article says of itself before its first line. */
export interface FrontMatter {
  readonly title: string
  /** One sentence, shown below the title and in lists. */
  readonly description: string
  /** Place among its kind, ascending. */
  readonly order: number
}

/** Splits an article into what it says of itself and its text; throws when something is missing. */
export function parseArticle(
  source: string,
  name: string,
): { readonly front: FrontMatter; readonly body: string } {
  const [, head, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(source) ?? []
  if (head === undefined || body === undefined) throw new Error(`${name} has no front matter.`)
  const parsed: unknown = parse(head)
  const of = (key: string): unknown =>
    typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, key) : undefined
  const [title, description, order] = [of('title'), of('description'), of('order')]
  if (typeof title !== 'string' || typeof description !== 'string' || typeof order !== 'number') {
    throw new Error(`The front matter of ${name} needs title, description and order (a number).`)
  }
  return { front: { title, description, order }, body }
}
