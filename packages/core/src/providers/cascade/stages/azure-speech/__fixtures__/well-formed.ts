const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Reads a small XML document strictly: open tags in order and all text; throws for anything not well-formed. */
export function assertWellFormed(xml: string): { readonly elements: readonly string[]; readonly text: string } {
  const open: string[] = []
  const elements: string[] = []
  let text = ''
  let at = 0
  const tag = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>/y
  while (at < xml.length) {
    if (xml[at] !== '<') {
      const end = xml.indexOf('<', at)
      const raw = xml.slice(at, end === -1 ? xml.length : end)
      if (open.length === 0) throw new Error('There is text outside the document.')
      text += decode(raw)
      at += raw.length
      continue
    }
    tag.lastIndex = at
    const found = tag.exec(xml)
    if (!found) throw new Error(`There is no tag at ${at}: ${xml.slice(at, at + 20)}`)
    const [whole, closing, name = '', attributes = '', empty] = found
    decode(attributes)
    if (closing) {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing.`)
    } else {
      elements.push(`${name}${attributes}`)
      if (!empty) open.push(name)
    }
    at += whole.length
  }
  if (open.length > 0) throw new Error(`<${open.join('><')}> is not closed.`)
  return { elements, text }
}

function decode(raw: string): string {
  // oxlint-disable-next-line no-control-regex -- the characters XML forbids
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|>/.test(raw)) throw new Error('A character is not allowed.')
  return raw.replace(/&([^;]*;?)/g, (_, body: string) => {
    const value = body.endsWith(';') ? entities[body.slice(0, -1)] : undefined
    if (value === undefined) throw new Error(`&${body} is no entity.`)
    return value
  })
}
