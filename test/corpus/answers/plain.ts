import {
  ACKNOWLEDGEMENT,
  envelope,
  faulted,
  httpError,
  made,
  refused,
  response,
  TEXT_XML,
  unreadable,
  wrapper,
  type CorpusGroup,
} from './answer.ts';

const HTML = { headers: { 'Content-Type': 'text/html; charset=utf-8' } } as const;
const JSON_TYPE = { headers: { 'Content-Type': 'application/json' } } as const;
const NOT_SOAP = 'The contract is SOAP; a word of success from something else is no acknowledgement.';
const STATUS = 'The status says all.';
const HTML_PAGE = unreadable('The answer is an HTML page, not a SOAP message.');
const JSON_ANSWER = unreadable('The answer is JSON, not a SOAP message.');
const TEXT = unreadable('The answer is text, not a SOAP message.');
const EMPTY = unreadable('The answer is empty.');
const notXml = (problem: string): ReturnType<typeof unreadable> =>
  unreadable(`The answer is not XML that can be read: ${problem}.`);

export const handWritten: CorpusGroup = {
  title: 'Answers written by hand, as plain strings',
  source: 'made after what scripts in Node, PHP and Python send',
  answers: [
    made(
      'an indented template with an empty line before it',
      `\n    <?xml version='1.0' encoding='utf-8'?>\n    ${ACKNOWLEDGEMENT.replaceAll('"', "'").replaceAll('><', '>\n      <')}\n  `,
      'acknowledged',
      'XML allows the quotes. The white space before the declaration says nothing.',
    ),
    made(
      'a document without line ends, in chunks',
      ACKNOWLEDGEMENT,
      'acknowledged',
      'The framing is HTTP’s own affair.',
      { framing: 'chunked' },
    ),
    made(
      'with a trailer after the last chunk',
      ACKNOWLEDGEMENT,
      'acknowledged',
      'RFC 9112, 7.1.2: trailer fields are passed over.',
      { framing: 'trailers' },
    ),
    made(
      'until the end of the connection',
      ACKNOWLEDGEMENT,
      'acknowledged',
      'RFC 9112, 6.3: HTTP/1.0 servers send it so.',
      { framing: 'close' },
    ),
    made(
      'a Fault with an ampersand in its text',
      envelope('<s:Fault><faultstring>R&D</faultstring></s:Fault>'),
      httpError(500),
      'Not XML: the status counts, and the body is in the log.',
      { status: 500 },
    ),
    made(
      'a Fault without an envelope',
      '<Fault><faultcode>Server</faultcode><faultstring>no</faultstring></Fault>',
      faulted('Server: no'),
      'What can only tell a failure is read leniently.',
    ),
    made(
      'an empty Fault',
      envelope('<s:Fault/>'),
      faulted('The SOAP Fault says nothing.'),
      'A Fault asks for a retry.',
    ),
    made(
      'a Fault with elements of its own',
      envelope('<s:Fault><motiu>disc ple</motiu></s:Fault>'),
      faulted('disc ple'),
      'A Fault asks for a retry.',
    ),
    made(
      'an Error that quotes XML',
      envelope(wrapper(response('<Error>&lt;Report&gt; no és vàlid</Error>'))),
      refused('<Report> no és vàlid'),
      'The contract: an Error element asks for a retry.',
    ),
    made('OK', 'OK', TEXT, NOT_SOAP, { headers: { 'Content-Type': 'text/plain' } }),
    made('true', 'true', TEXT, NOT_SOAP, JSON_TYPE),
    made('nothing', '', EMPTY, NOT_SOAP),
    made('an empty line', '\r\n', EMPTY, NOT_SOAP),
    made('the answer as JSON', '{"RespostaReport":{}}', JSON_ANSWER, NOT_SOAP, JSON_TYPE),
    made('the answer as a JSON string', JSON.stringify(ACKNOWLEDGEMENT), TEXT, NOT_SOAP, JSON_TYPE),
    made(
      'an element of its own',
      '<resultat>OK</resultat>',
      unreadable('The answer is resultat, not a SOAP Envelope.'),
      NOT_SOAP,
    ),
    made(
      'the name of an operation for an answer',
      envelope(wrapper('OK')),
      unreadable('The answer holds text where the contract has none.'),
      NOT_SOAP,
    ),
    made(
      'an element of HTML',
      '<p>OK</p>',
      unreadable('The answer is p, not a SOAP Envelope.'),
      NOT_SOAP,
      HTML,
    ),
    made(
      'the prefix forgotten in an end tag',
      ACKNOWLEDGEMENT.replace('</s:Body>', '</Body>'),
      notXml('1:248: unexpected close tag'),
      'Not well-formed: a part may be missing.',
    ),
  ],
};

export const between: CorpusGroup = {
  title: 'What answers in place of the web service',
  source: 'made after what proxies, firewalls, gateways and portals send',
  answers: [
    made(
      'nginx without its backend',
      '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n',
      httpError(502),
      STATUS,
      { status: 502, headers: { 'Content-Type': 'text/html' } },
    ),
    made(
      'Apache without its backend',
      '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>503 Service Unavailable</title>\n</head><body>\n<h1>Service Unavailable</h1>\n</body></html>\n',
      httpError(503),
      STATUS,
      { status: 503, headers: { 'Content-Type': 'text/html; charset=iso-8859-1' } },
    ),
    made(
      'a load balancer whose target was late',
      '<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n<body></body>\r\n</html>\r\n',
      httpError(504),
      STATUS,
      { status: 504, ...HTML },
    ),
    made(
      'an IIS error page',
      '<!DOCTYPE html>\r\n<html>\r\n<head><title>Runtime Error</title></head>\r\n<body bgcolor="white"><h1>Server Error in \'/\' Application.</h1></body>\r\n</html>\r\n',
      httpError(500),
      STATUS,
      { status: 500, ...HTML },
    ),
    made(
      'a firewall’s page with status 200',
      '<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 0000000000</body></html>',
      HTML_PAGE,
      'The report never arrived, whatever the status says.',
      HTML,
    ),
    made(
      'a login form with status 200',
      '<!doctype html>\n<html lang="ca"><body onload="document.forms[0].submit()"><form method="post" action="https://idp.example/sso"><input type="hidden" name="SAMLRequest" value="x"/></form></body></html>',
      HTML_PAGE,
      'Somebody asks for a session: the report was not taken.',
      HTML,
    ),
    made(
      'XHTML',
      '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>Manteniment</body></html>',
      HTML_PAGE,
      'Well-formed or not, it is a page.',
      { headers: { 'Content-Type': 'application/xhtml+xml' } },
    ),
    made(
      'a page in UTF-16',
      Buffer.from('\uFEFF<!DOCTYPE html><html><body>Avís</body></html>', 'utf16le'),
      HTML_PAGE,
      'It is known by its beginning, in any charset.',
      HTML,
    ),
    made(
      'the description of the service',
      '<?xml version="1.0"?><definitions xmlns="http://schemas.xmlsoap.org/wsdl/" name="RecepcioReports"/>',
      unreadable('The answer is {http://schemas.xmlsoap.org/wsdl/}definitions, not a SOAP Envelope.'),
      'The URL is that of the WSDL.',
    ),
    made('an API gateway’s JSON', '{"message":"Forbidden"}', httpError(403), STATUS, {
      status: 403,
      ...JSON_TYPE,
    }),
    made(
      'a gateway’s JSON with status 200',
      '{ "statusCode": 500, "message": "Internal server error" }',
      JSON_ANSWER,
      NOT_SOAP,
      JSON_TYPE,
    ),
    made(
      'too many requests',
      '{"error":"rate limit"}',
      httpError(429),
      'Retry-After, where it is sent, is heeded.',
      { status: 429, headers: { 'Content-Type': 'application/json', 'Retry-After': '60' } },
    ),
    made(
      'an object store’s error',
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
      httpError(403),
      'An Error counts in an answer; as a document of its own it is somebody else’s.',
      { status: 403, headers: { 'Content-Type': 'application/xml' } },
    ),
    made(
      'a security gateway’s Fault',
      '<?xml version="1.0" encoding="UTF-8"?>\n<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Body><env:Fault><faultcode>env:Client</faultcode><faultstring>Rejected (from client)</faultstring></env:Fault></env:Body></env:Envelope>',
      faulted('env:Client: Rejected (from client)'),
      'A Fault asks for a retry.',
      { status: 500 },
    ),
    made(
      'a Fault with status 400',
      envelope('<s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring></s:Fault>'),
      faulted('s:Client: no'),
      'A Fault says more than the status.',
      { status: 400 },
    ),
    made(
      'a Fault with status 202',
      envelope('<s:Fault><faultstring>no</faultstring></s:Fault>'),
      faulted('no'),
      'A Fault asks for a retry, whatever the status.',
      { status: 202 },
    ),
    made(
      '202 and nothing',
      '',
      EMPTY,
      'One-way services answer so: the report may have come, and nobody says that it was taken.',
      { status: 202, headers: {} },
    ),
    made('204', '', EMPTY, 'The contract wants a RespostaReport.', { status: 204, headers: {} }),
    made(
      'a redirect to HTTPS',
      '<html><body>Moved</body></html>',
      httpError(301),
      'A redirect is never followed: reports go where the entity said.',
      { status: 301, headers: { 'Content-Type': 'text/html', Location: 'http://127.0.0.1:1/' } },
    ),
    made('401', '', httpError(401), STATUS, {
      status: 401,
      headers: { 'WWW-Authenticate': 'Basic realm="x"' },
    }),
    made(
      '404 of a servlet container',
      '<!doctype html><html lang="en"><head><title>HTTP Status 404</title></head></html>',
      httpError(404),
      STATUS,
      { status: 404, ...HTML },
    ),
    made('an empty 500', '', httpError(500), STATUS, { status: 500, headers: {} }),
    made(
      'a long error page',
      `<!DOCTYPE html><html><body>${'<p>at Receptor.java</p>'.repeat(8_000)}</body></html>`,
      httpError(500),
      'Longer than what is read, and the status says all.',
      { status: 500, ...HTML },
    ),
    made(
      'a long page with status 200',
      `<!DOCTYPE html><html><body>${'<p>Benvinguts</p>'.repeat(8_000)}</body></html>`,
      unreadable('The answer is larger than what is read.', 'too-large'),
      'The contract’s answers have some hundreds of bytes.',
      HTML,
    ),
    made(
      'a page before an acknowledgement',
      `<!-- injected --><script>x</script>${ACKNOWLEDGEMENT}`,
      notXml('1:47: documents may contain only one root'),
      'Somebody wrote into the answer: what else was changed is not known.',
      { headers: TEXT_XML },
    ),
  ],
};
