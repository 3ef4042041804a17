import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { allArticles } from './articles.ts'
import { compileArticle } from './compile.ts'
import { toId } from './headings.ts'

describe('a compiled article', () => {
  it('has an id at each heading, its own where one is written', async () => {
    const { Content, headings } = await compileArticle('## Über Größe\n\n### The `mind` [#mind]\n\n## Last\n')
    expect(headings).toEqual([
      { id: 'uber-grosse', title: 'Über Größe', level: 2 },
      { id: 'mind', title: 'The mind', level: 3 },
      { id: 'last', title: 'Last', level: 2 },
    ])
    expect(renderToStaticMarkup(createElement(Content))).toContain('<h3 id="mind">The <code>mind</code></h3>')
  })

  it('may have tables', async () => {
    const { Content } = await compileArticle('| a | b |\n| --- | --- |\n| 1 | 2 |\n')
    expect(renderToStaticMarkup(createElement(Content))).toContain('<td>2</td>')
  })
})

describe('the articles', () => {
  it.for(allArticles())('$language/$kind/$slug compiles, with one id a heading', async ({ body }) => {
    const { headings } = await compileArticle(body)
    const ids = headings.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(headings.length).toBeGreaterThan(0)
  })
})

describe('an anchor made from words', () => {
  it('has letters, digits and hyphens only', () => {
    expect(toId('  What’s “new”? 2 Öfen! ')).toBe('what-s-new-2-ofen')
  })
})
