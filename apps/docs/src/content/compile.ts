import { evaluate } from '@mdx-js/mdx'
import * as runtime from 'react/jsx-runtime'
import remarkGfm from 'remark-gfm'
import { collectHeadings, type Heading } from './headings.ts'

/** An article ready to be shown, and its headings in order. */
export interface CompiledArticle {
  readonly Content: Awaited<ReturnType<typeof evaluate>>['default']
  readonly headings: readonly Heading[]
}

/** Compiles MDX while the site is built; throws where it is not well formed. */
export async function compileArticle(body: string): Promise<CompiledArticle> {
  const headings: Heading[] = []
  const { default: Content } = await evaluate(body, {
    ...runtime,
    remarkPlugins: [remarkGfm],
    rehypePlugins: [collectHeadings(headings)],
  })
  return { Content, headings }
}
