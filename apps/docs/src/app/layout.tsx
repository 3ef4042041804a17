import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import './docs.css'

export const metadata: Metadata = {
  title: 'Parley: which realtime voice backend?',
  description: 'Compares realtime voice backends with facts, and shows how to run Parley.',
}

export default function Layout({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
