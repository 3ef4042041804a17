/** A heading of a page, as its table of contents needs it. */
export interface Heading {
  readonly id: string
  readonly title: string
  readonly level: 2 | 3
}

interface HastNode {
  readonly type: string
  readonly tagName?: string
  readonly value?: string
  properties?: Record<string, unknown>
  children?: HastNode[]
}

const ownId = /\s*\[#([\w-]+)\]\s*$/

/**
 * A rehype plugin that gives every second and third heading an id and collects them: the one written behind its
 * words as `[#id]`, or one made from the words.
 */
export function collectHeadings(headings: Heading[]): () => (tree: HastNode) => void {
  return () => (tree) => {
    for (const node of tree.children ?? []) {
      const level = node.tagName === 'h2' ? 2 : node.tagName === 'h3' ? 3 : undefined
      if (level === undefined) continue
      const written = textOf(node)
      const id = ownId.exec(written)?.[1]
      const title = written.replace(ownId, '')
      if (id !== undefined) dropOwnId(node)
      const heading: Heading = { id: id ?? toId(title), title, level }
      node.properties = { ...node.properties, id: heading.id }
      headings.push(heading)
    }
  }
}

/** Words as an anchor: lower case, letters without marks, hyphens between. */
export function toId(title: string): string {
  return title
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

function textOf(node: HastNode): string {
  return node.value ?? (node.children ?? []).map(textOf).join('')
}

function dropOwnId(node: HastNode): void {
  const last = node.children?.at(-1)
  if (last?.value === undefined) return
  node.children = [...(node.children ?? []).slice(0, -1), { ...last, value: last.value.replace(ownId, '') }]
}
