import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { languages, type Language } from '../site/language.ts'
import { parseArticle, type FrontMatter } from './front-matter.ts'

/** Kinds of articles, each a folder of `content/<language>/`. */
export const articleKinds = ['guides', 'concepts'] as const

/** One of them. */
export type ArticleKind = (typeof articleKinds)[number]

/** One article in one language. */
export interface Article extends FrontMatter {
  readonly kind: ArticleKind
  readonly slug: string
  readonly language: Language
  /** MDX without the front matter. */
  readonly body: string
}

/** The site is built and tested in its own folder. */
const folder = join(process.cwd(), 'content')

/** Articles of a kind in a language, in the order they are read. */
export function listArticles(kind: ArticleKind, language: Language): readonly Article[] {
  const own = join(folder, language, kind)
  if (!existsSync(own)) return []
  return readdirSync(own)
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => {
      const { front, body } = parseArticle(
        readFileSync(join(own, name), 'utf8'),
        `${language}/${kind}/${name}`,
      )
      return { ...front, kind, language, slug: name.slice(0, -'.mdx'.length), body }
    })
    .toSorted((a, b) => a.order - b.order || a.slug.localeCompare(b.slug))
}

/** One article; throws when there is none. */
export function readArticle(kind: ArticleKind, slug: string, language: Language): Article {
  const found = listArticles(kind, language).find((article) => article.slug === slug)
  if (!found) throw new Error(`There is no ${language}/${kind}/${slug}.mdx.`)
  return found
}

/** Every article there is. */
export function allArticles(): readonly Article[] {
  return languages.flatMap((language) => articleKinds.flatMap((kind) => listArticles(kind, language)))
}
