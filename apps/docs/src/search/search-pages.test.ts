import { describe, expect, it } from 'vitest'
import { searchPages, type Pagefind } from './search-pages.ts'

function finding(count: number): Pagefind {
  const page = (place: number) => ({
    url: `/docs/${place}/`,
    excerpt: 'a <mark>voice</mark>',
    meta: place === 0 ? {} : { title: `Page ${place}` },
    sub_results: ['', '#a', '#b', '#c', '#d'].map((anchor) => ({
      url: `/docs/${place}/${anchor}`,
      title: `Part ${anchor}`,
    })),
  })
  const done = () => Promise.resolve()
  return {
    options: done,
    init: done,
    mergeIndex: done,
    search: () =>
      Promise.resolve({
        results: Array.from({ length: count }, (_, place) => ({ data: () => Promise.resolve(page(place)) })),
      }),
  }
}

describe('a search', () => {
  it('gives the best eight pages with up to three of their parts', async () => {
    const results = await searchPages(finding(20), 'voice', '/docs/')
    expect(results).toHaveLength(8)
    expect(results[1]).toEqual({
      url: '/docs/1/',
      title: 'Page 1',
      excerpt: 'a <mark>voice</mark>',
      sections: ['#a', '#b', '#c'].map((anchor) => ({ url: `/docs/1/${anchor}`, title: `Part ${anchor}` })),
    })
  })

  it('puts pages in the language of the reader first', async () => {
    const [first, second] = await searchPages(finding(20), 'voice', '/docs/12')
    expect([first?.url, second?.url]).toEqual(['/docs/12/', '/docs/0/'])
  })

  it('names a page without a title by its address', async () => {
    expect((await searchPages(finding(1), 'voice', '/docs/'))[0]?.title).toBe('/docs/0/')
  })

  it('looks for nothing when nothing was asked', async () => {
    expect(await searchPages(finding(3), '  ', '/docs/')).toEqual([])
  })
})
