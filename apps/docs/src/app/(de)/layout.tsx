import type { ReactNode } from 'react'
import { Shell, siteMetadata } from '../../site/shell.tsx'

export const metadata = siteMetadata

export default function Layout({ children }: { readonly children: ReactNode }): ReactNode {
  return <Shell language="de">{children}</Shell>
}
