import { describe, expect, it } from 'vitest'
import { parseArticle } from './front-matter.ts'

describe('an article', () => {
  it('begins with what it says of itself', () => {
    const source = '---\ntitle: Duet\ndescription: "Two: one thinks."\norder: 3\n---\n## Set it up\n'
    expect(parseArticle(source, 'duet.mdx')).toEqual({
      front: { title: 'Duet', description: 'Two: one thinks.', order: 3 },
      body: '## Set it up\n',
    })
  })

  it.each(['# No front matter', '---\ntitle: Duet\n---\n', '---\ntitle: a\ndescription: b\norder: c\n---\n'])(
    'is refused by name without it: %j',
    (source) => {
      expect(() => parseArticle(source, 'duet.mdx')).toThrow('duet.mdx')
    },
  )
})
