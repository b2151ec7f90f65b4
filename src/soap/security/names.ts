/** The names of WS-Security 1.1 and XML Signature 1.1 that a message of ours uses. */

const OASIS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';

/** Security header, tokens and references (OASIS WS-Security 1.0 and 1.1 share it). */
export const WSSE = `${OASIS}-wssecurity-secext-1.0.xsd`;
/** Timestamp and the `Id` attribute. */
export const WSU = `${OASIS}-wssecurity-utility-1.0.xsd`;
/** How nonces and binary tokens are written (SOAP Message Security, 6.3). */
export const BASE64_BINARY = `${OASIS}-soap-message-security-1.0#Base64Binary`;
/** A token that is one certificate (X.509 Certificate Token Profile 1.1, 3.1). */
export const X509_V3 = `${OASIS}-x509-token-profile-1.0#X509v3`;
/** How a password is written (UsernameToken Profile 1.1, 3.1). */
export const PASSWORD_DIGEST = `${OASIS}-username-token-profile-1.0#PasswordDigest`;
export const PASSWORD_TEXT = `${OASIS}-username-token-profile-1.0#PasswordText`;

/** XML Signature 1.1. */
export const DS = 'http://www.w3.org/2000/09/xmldsig#';
/** Exclusive XML Canonicalization 1.0, without comments. */
export const EXCLUSIVE_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
/** SHA-256 (XML Encryption, 5.7.2). */
export const SHA_256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
/** RSA and ECDSA signatures over SHA-256, each followed by its own name (RFC 4051, 2.3). */
export const SIGNATURE_METHODS = 'http://www.w3.org/2001/04/xmldsig-more#';

/** What the signature refers to by its `wsu:Id`: each once in a message, which has no other ids. */
export const BODY_ID = 'Body';
export const TIMESTAMP_ID = 'Timestamp';
export const TOKEN_ID = 'Certificate';
