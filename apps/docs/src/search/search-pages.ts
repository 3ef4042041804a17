/** One page that was found, as the dialog shows it. */
export interface SearchResult {
  /** Address with the base path. */
  readonly url: string
  readonly title: string
  /** The words around the match, as HTML whose only element is `mark`. */
  readonly excerpt: string
  /** Headings below which the words are, best first. */
  readonly sections: readonly { readonly url: string; readonly title: string }[]
}

/** The part of Pagefind's browser interface that is used here. */
export interface Pagefind {
  options(options: Readonly<Record<string, unknown>>): Promise<void>
  init(): Promise<void>
  mergeIndex(path: string, options: Readonly<Record<string, unknown>>): Promise<void>
  search(words: string): Promise<{ readonly results: readonly { data(): Promise<PagefindPage> }[] }>
}

interface PagefindPage {
  readonly url: string
  readonly excerpt: string
  readonly meta: { readonly title?: string }
  readonly sub_results: readonly { readonly url: string; readonly title: string }[]
}

const maxResults = 8
/** So many are looked at for pages in the reader's language, which come first. */
const candidates = 24
const maxSections = 3

/** Loads the index that was made of the built site. Where it is German, the English pages are searched too. */
export async function loadPagefind(basePath: string, language: string): Promise<Pagefind> {
  const address = `${basePath}/pagefind/pagefind.js`
  // The bundle is written beside the pages after they were built, so no bundler can know it.
  const pagefind = (await import(/* turbopackIgnore: true */ /* webpackIgnore: true */ address)) as Pagefind
  await pagefind.options({ baseUrl: `${basePath}/`, bundlePath: `${basePath}/pagefind/`, excerptLength: 22 })
  await pagefind.init()
  if (language !== 'en') {
    // One index holds all languages, but the address of the first is not merged again: so it is written otherwise.
    await pagefind.mergeIndex(`${basePath}/./pagefind/`, { language: 'en', baseUrl: `${basePath}/` })
  }
  return pagefind
}

/**
 * The best pages for some words, none for no words. Pages below `home`, the first page in the reader's language, come
 * before those that are there in English only.
 */
export async function searchPages(
  pagefind: Pagefind,
  words: string,
  home: string,
): Promise<readonly SearchResult[]> {
  if (words.trim() === '') return []
  const { results } = await pagefind.search(words)
  const found = await Promise.all(results.slice(0, candidates).map((result) => result.data()))
  const isForeign = ({ url }: PagefindPage): number => Number(!url.startsWith(home))
  const pages = found.toSorted((a, b) => isForeign(a) - isForeign(b)).slice(0, maxResults)
  return pages.map(({ url, excerpt, meta, sub_results: parts }) => ({
    url,
    excerpt,
    title: meta.title ?? url,
    sections: parts
      .filter((part) => part.url !== url)
      .slice(0, maxSections)
      .map((part) => ({ url: part.url, title: part.title })),
  }))
}
