import { articleRoute } from '../../../../content/article-page.tsx'

const { page, params, metadata } = articleRoute('concepts', 'en')

export default page
export const generateStaticParams = params
export const generateMetadata = metadata
export const dynamicParams = false
