import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { JSX, ReactNode } from 'react'
import { readConfig } from '../config.ts'
import { PreferencesProvider } from '../i18n/page-preferences.tsx'
import { requestPreferences, viewMetadata } from '../i18n/request-preferences.ts'
import { GatewayProvider } from '../shell/gateway-context.tsx'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/controls.css'
import '../styles/shell.css'

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f7f7' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1213' },
  ],
}

export function generateMetadata(): Promise<Metadata> {
  return viewMetadata('talk')
}

/**
 * Language and appearance are known before the first byte is sent, so that nothing flashes. Where the gateway is, is
 * read for each request; its key stays here.
 */
export default async function RootLayout(props: { readonly children: ReactNode }): Promise<JSX.Element> {
  await connection()
  const { gatewayUrl, key } = readConfig()
  const { language, theme } = await requestPreferences()
  return (
    <html lang={language} data-theme={theme}>
      <body>
        <PreferencesProvider language={language} theme={theme}>
          <GatewayProvider gatewayUrl={gatewayUrl} needsSecret={key !== undefined}>
            {props.children}
          </GatewayProvider>
        </PreferencesProvider>
      </body>
    </html>
  )
}
