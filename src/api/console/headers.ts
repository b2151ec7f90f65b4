/**
 * What browsers are told of every page of the console: everything from this origin alone, nothing inline, shown in
 * no frame (Content Security Policy 3; Trusted Types keep texts from becoming markup).
 */
export const PAGE_HEADERS = {
  'content-security-policy': [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const;

/** What they are told of the files that a page loads. */
export const FILE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/**
 * What they are told besides where the service itself speaks TLS: a year of HTTPS alone for this host (RFC 6797, 6.1).
 * Behind a proxy that is the proxy's to say, as the host is.
 */
export const SECURE_HEADERS = { 'strict-transport-security': 'max-age=31536000' } as const;
