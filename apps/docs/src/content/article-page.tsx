import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import type { Language } from '../site/language.ts'
import { PageFrame } from '../site/page-frame.tsx'
import { pageMetadata } from '../site/shell.tsx'
import { articleComponents } from './article-components.tsx'
import { listArticles, readArticle, type ArticleKind } from './articles.ts'
import { compileArticle } from './compile.ts'

/** What Next hands to a page below `[slug]`. */
export interface ArticleParams {
  readonly params: Promise<{ readonly slug: string }>
}

/** The route of the articles of one kind in one language. */
export function articleRoute(
  kind: ArticleKind,
  language: Language,
): {
  readonly page: (props: ArticleParams) => Promise<ReactNode>
  readonly params: () => { slug: string }[]
  readonly metadata: (props: ArticleParams) => Promise<Metadata>
} {
  return {
    async page({ params }) {
      const { slug } = await params
      const article = readArticle(kind, slug, language)
      const { Content, headings } = await compileArticle(article.body)
      return (
        <PageFrame
          language={language}
          path={`/${kind}/${slug}/`}
          title={article.title}
          lead={article.description}
          headings={headings}
        >
          <Content components={articleComponents(language)} />
        </PageFrame>
      )
    },
    params: () => listArticles(kind, language).map(({ slug }) => ({ slug })),
    async metadata({ params }) {
      const { slug } = await params
      const { title, description } = readArticle(kind, slug, language)
      return pageMetadata({ path: `/${kind}/${slug}/`, language, title, description })
    },
  }
}
