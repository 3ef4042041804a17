/** Pages that had another address before; what follows `#` is the same. */
export const movedPages: Readonly<Record<string, string>> = {
  '/connect/': '/guides/connect/',
  '/duet/': '/guides/duet/',
  '/translation/': '/guides/translation/',
  '/voices/': '/guides/voices/',
}

/** The page at an old address: it leads on, by itself or by its link. Addresses are without the base path. */
export function movedPage(to: string, basePath: string): string {
  const address = `${basePath}${to}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Moved</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="${address}">
<script>location.replace('${address}' + location.hash)</script>
<noscript><meta http-equiv="refresh" content="0; url=${address}"></noscript>
</head>
<body><main><h1>Moved</h1><p>This page is at <a href="${address}">${address}</a> now.</p></main></body>
</html>
`
}
