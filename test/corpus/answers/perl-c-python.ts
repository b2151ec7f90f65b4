import { NO_TEXT, TEXT_XML, faulted, refused, unreadable, utf8, type CorpusGroup } from './answer.ts';

export const soapLite: CorpusGroup = {
  title: 'Perl SOAP::Lite',
  source: 'recorded of SOAP::Lite 1.27 (`SOAP::Transport::HTTP::Daemon`)',
  answers: [
    {
      what: 'an acknowledgement',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope soap:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body><clientRequestwithReturnResponse xmlns="http://www.openuri.org/"><RespostaReport xmlns="http://www.aocat.net/NT/v4.0" xsi:type="xsd:string" /></clientRequestwithReturnResponse></soap:Body></soap:Envelope>`,
      ),
      expected: 'acknowledged',
      why: 'xsi:type and encodingStyle are attributes of namespaces of their own: they say how, not what.',
    },
    {
      what: 'a refusal',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope soap:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body><clientRequestwithReturnResponse xmlns="http://www.openuri.org/"><RespostaReport xmlns="http://www.aocat.net/NT/v4.0"><Error xsi:type="xsd:string">El numero 7 no existeix &lt;&amp;&gt;</Error></RespostaReport></clientRequestwithReturnResponse></soap:Body></soap:Envelope>`,
      ),
      expected: refused('El numero 7 no existeix <&>'),
      why: 'An Error element refuses, whatever its value.',
    },
    {
      what: 'a refusal without words',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope soap:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body><clientRequestwithReturnResponse xmlns="http://www.openuri.org/"><RespostaReport xmlns="http://www.aocat.net/NT/v4.0"><Error xsi:type="xsd:string" /></RespostaReport></clientRequestwithReturnResponse></soap:Body></soap:Envelope>`,
      ),
      expected: refused(NO_TEXT),
      why: 'An empty Error element refuses too.',
    },
    {
      what: 'a Fault with a detail',
      status: 500,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope soap:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xmlns:namesp1="http://namespaces.soaplite.com/perl" xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body><soap:Fault><faultcode>soap:Server</faultcode><faultstring>La base de dades no respon</faultstring><faultactor>http://127.0.0.1:7104/</faultactor><detail><Detall xsi:type="namesp1:Detall"><codi xsi:type="xsd:int">17</codi></Detall></detail></soap:Fault></soap:Body></soap:Envelope>`,
      ),
      expected: faulted('soap:Server: La base de dades no respon (17)'),
      why: 'A Fault asks for a retry.',
    },
    {
      what: 'die',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?><soap:Envelope soap:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xmlns:namesp1="http://namespaces.soaplite.com/perl" xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body><soap:Fault><faultcode>soap:Server</faultcode><faultstring>base de dades caiguda
</faultstring><faultactor>http://127.0.0.1:7104/</faultactor></soap:Fault></soap:Body></soap:Envelope>`),
      expected: faulted('soap:Server: base de dades caiguda'),
      why: 'A Fault asks for a retry.',
    },
    {
      what: 'nothing returned',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope soap:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xmlns:namesp1="http://namespaces.soaplite.com/perl" xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body><clientRequestwithReturnResponse xmlns="http://www.openuri.org/"><s-gensym20 xsi:nil="true" /></clientRequestwithReturnResponse></soap:Body></soap:Envelope>`,
      ),
      expected: unreadable(
        'The answer holds {http://www.openuri.org/}s-gensym20, not {http://www.aocat.net/NT/v4.0}RespostaReport.',
      ),
      why: 'A nil element with a name of its own making is no RespostaReport.',
    },
    {
      what: 'a Fault in SOAP 1.2',
      status: 500,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope soap:encodingStyle="http://www.w3.org/2003/05/soap-encoding" xmlns:namesp2="http://namespaces.soaplite.com/perl" xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:soapenc="http://www.w3.org/2003/05/soap-encoding" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body><soap:Fault><faultcode>soap:Server</faultcode><faultstring>La base de dades no respon</faultstring><faultactor>http://127.0.0.1:7104/</faultactor><detail><Detall xsi:type="namesp2:Detall"><codi xsi:type="xsd:int">17</codi></Detall></detail></soap:Fault></soap:Body></soap:Envelope>`,
      ),
      expected: faulted('soap:Server: La base de dades no respon (17)'),
      why: 'The elements of SOAP 1.1 in an envelope of 1.2: the local names count.',
    },
    {
      what: 'an operation that it does not have',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?><soap:Envelope soap:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>Failed to access class (x): Bareword "x.pm" not allowed while "strict subs" in use at (eval 191) line 1.
</faultstring><faultactor>http://127.0.0.1:7104/</faultactor></soap:Fault></soap:Body></soap:Envelope>`),
      expected: faulted(
        'soap:Client: Failed to access class (x): Bareword "x.pm" not allowed while "strict subs" in use at (eval 191) line 1.',
      ),
      why: 'A Fault asks for a retry.',
    },
  ],
};

export const gsoap: CorpusGroup = {
  title: 'gSOAP',
  source: 'recorded of gSOAP 2.8.124, made from our WSDL',
  answers: [
    {
      what: 'an acknowledgement',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:ns2="http://www.aocat.net/NT/v4.0" xmlns:ns1="http://www.openuri.org/"><SOAP-ENV:Body><ns1:clientRequestwithReturnResponse><ns2:RespostaReport></ns2:RespostaReport></ns1:clientRequestwithReturnResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>\r
`),
      expected: 'acknowledged',
      why: 'Namespaces that nothing uses are no content.',
    },
    {
      what: 'a refusal',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:ns2="http://www.aocat.net/NT/v4.0" xmlns:ns1="http://www.openuri.org/"><SOAP-ENV:Body><ns1:clientRequestwithReturnResponse><ns2:RespostaReport><ns2:Error>El número 7 no existeix &lt;&amp;&gt;</ns2:Error></ns2:RespostaReport></ns1:clientRequestwithReturnResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>\r
`),
      expected: refused('El número 7 no existeix <&>'),
      why: 'An Error element refuses, whatever its value.',
    },
    {
      what: 'a refusal without words',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:ns2="http://www.aocat.net/NT/v4.0" xmlns:ns1="http://www.openuri.org/"><SOAP-ENV:Body><ns1:clientRequestwithReturnResponse><ns2:RespostaReport><ns2:Error/></ns2:RespostaReport></ns1:clientRequestwithReturnResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>\r
`),
      expected: refused(NO_TEXT),
      why: 'An empty Error element refuses too.',
    },
    {
      what: 'a null pointer for RespostaReport',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:ns2="http://www.aocat.net/NT/v4.0" xmlns:ns1="http://www.openuri.org/"><SOAP-ENV:Body><ns1:clientRequestwithReturnResponse><ns2:RespostaReport/></ns1:clientRequestwithReturnResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>\r
`),
      expected: 'acknowledged',
      why: 'It writes the required element all the same, and nobody can tell it from an acknowledgement.',
    },
    {
      what: 'a Fault with a detail',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:ns2="http://www.aocat.net/NT/v4.0" xmlns:ns1="http://www.openuri.org/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>La base de dades no respon</faultstring><detail><codi>17</codi></detail></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>\r
`),
      expected: faulted('SOAP-ENV:Server: La base de dades no respon (17)'),
      why: 'A Fault asks for a retry.',
    },
    {
      what: 'a Fault in SOAP 1.2',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:ns2="http://www.aocat.net/NT/v4.0" xmlns:ns1="http://www.openuri.org/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>La base de dades no respon</faultstring><detail><codi>17</codi></detail></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>\r
`),
      expected: faulted('SOAP-ENV:Server: La base de dades no respon (17)'),
      why: 'The elements of SOAP 1.1 in an envelope of 1.2: the local names count.',
    },
    {
      what: 'a request without the wrapper',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:ns2="http://www.aocat.net/NT/v4.0" xmlns:ns1="http://www.openuri.org/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Client</faultcode><faultstring>Method 'Report' not implemented: method name or namespace not recognized</faultstring></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>\r
`),
      expected: faulted(
        "SOAP-ENV:Client: Method 'Report' not implemented: method name or namespace not recognized",
      ),
      why: 'A Fault asks for a retry.',
    },
  ],
};

export const spyne: CorpusGroup = {
  title: 'Python spyne',
  source: 'recorded of spyne 2.14.0 (`Soap11`, `Soap12` over WSGI)',
  answers: [
    {
      what: 'an acknowledgement',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version='1.0' encoding='UTF-8'?>
<soap11env:Envelope xmlns:soap11env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:tns="http://www.openuri.org/"><soap11env:Body><tns:clientRequestwithReturnResponse><ns2:RespostaReport xmlns:ns2="http://www.aocat.net/NT/v4.0"/></tns:clientRequestwithReturnResponse></soap11env:Body></soap11env:Envelope>`),
      expected: 'acknowledged',
      why: 'The form of the contract: a RespostaReport without Error in its wrapper.',
    },
    {
      what: 'a refusal',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version='1.0' encoding='UTF-8'?>
<soap11env:Envelope xmlns:soap11env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:tns="http://www.openuri.org/"><soap11env:Body><tns:clientRequestwithReturnResponse><ns2:RespostaReport xmlns:ns2="http://www.aocat.net/NT/v4.0"><ns2:Error>El número 7 no existeix &lt;&amp;&gt;</ns2:Error></ns2:RespostaReport></tns:clientRequestwithReturnResponse></soap11env:Body></soap11env:Envelope>`),
      expected: refused('El número 7 no existeix <&>'),
      why: 'An Error element refuses, whatever its value.',
    },
    {
      what: 'a refusal without words',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version='1.0' encoding='UTF-8'?>
<soap11env:Envelope xmlns:soap11env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:tns="http://www.openuri.org/"><soap11env:Body><tns:clientRequestwithReturnResponse><ns2:RespostaReport xmlns:ns2="http://www.aocat.net/NT/v4.0"><ns2:Error></ns2:Error></ns2:RespostaReport></tns:clientRequestwithReturnResponse></soap11env:Body></soap11env:Envelope>`),
      expected: refused(NO_TEXT),
      why: 'An empty Error element refuses too.',
    },
    {
      what: 'None returned',
      status: 200,
      headers: TEXT_XML,
      body: utf8(`<?xml version='1.0' encoding='UTF-8'?>
<soap11env:Envelope xmlns:soap11env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:tns="http://www.openuri.org/"><soap11env:Body><tns:clientRequestwithReturnResponse/></soap11env:Body></soap11env:Envelope>`),
      expected: unreadable('The wrapper clientRequestwithReturnResponse is empty.'),
      why: 'The handler gave nothing back: an empty wrapper says neither yes nor no.',
    },
    {
      what: 'a Fault with a detail',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`<?xml version='1.0' encoding='UTF-8'?>
<soap11env:Envelope xmlns:soap11env="http://schemas.xmlsoap.org/soap/envelope/"><soap11env:Body><soap11env:Fault><faultcode>soap11env:Server</faultcode><faultstring>La base de dades no respon</faultstring><faultactor></faultactor><detail><codi>17</codi></detail></soap11env:Fault></soap11env:Body></soap11env:Envelope>`),
      expected: faulted('soap11env:Server: La base de dades no respon (17)'),
      why: 'A Fault asks for a retry.',
    },
    {
      what: 'an exception',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`<?xml version='1.0' encoding='UTF-8'?>
<soap11env:Envelope xmlns:soap11env="http://schemas.xmlsoap.org/soap/envelope/"><soap11env:Body><soap11env:Fault><faultcode>soap11env:Server</faultcode><faultstring>Internal Error</faultstring><faultactor></faultactor></soap11env:Fault></soap11env:Body></soap11env:Envelope>`),
      expected: faulted('soap11env:Server: Internal Error'),
      why: 'A Fault asks for a retry.',
    },
    {
      what: 'a SOAP 1.2 request to a service of 1.1',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`<?xml version='1.0' encoding='UTF-8'?>
<soap11env:Envelope xmlns:soap11env="http://schemas.xmlsoap.org/soap/envelope/"><soap11env:Body><soap11env:Fault><faultcode>soap11env:Client.SoapError</faultcode><faultstring>No {http://schemas.xmlsoap.org/soap/envelope/}Envelope element was found!</faultstring><faultactor></faultactor></soap11env:Fault></soap11env:Body></soap11env:Envelope>`),
      expected: faulted(
        'soap11env:Client.SoapError: No {http://schemas.xmlsoap.org/soap/envelope/}Envelope element was found!',
      ),
      why: 'A Fault asks for a retry.',
    },
    {
      what: 'an acknowledgement in SOAP 1.2',
      status: 200,
      headers: { 'Content-Type': 'application/soap+xml; charset=utf-8' },
      body: utf8(`<?xml version='1.0' encoding='UTF-8'?>
<soap12env:Envelope xmlns:soap12env="http://www.w3.org/2003/05/soap-envelope" xmlns:tns="http://www.openuri.org/"><soap12env:Body><tns:clientRequestwithReturnResponse><ns2:RespostaReport xmlns:ns2="http://www.aocat.net/NT/v4.0"/></tns:clientRequestwithReturnResponse></soap12env:Body></soap12env:Envelope>`),
      expected: 'acknowledged',
      why: 'SOAP 1.2 is read as 1.1 is.',
    },
    {
      what: 'a Fault in SOAP 1.2',
      status: 500,
      headers: { 'Content-Type': 'application/soap+xml; charset=utf-8' },
      body: utf8(`<?xml version='1.0' encoding='UTF-8'?>
<soap12env:Envelope xmlns:soap12env="http://www.w3.org/2003/05/soap-envelope"><soap12env:Body><soap12env:Fault><soap12env:Code><soap12env:Value>soap12env:Receiver</soap12env:Value></soap12env:Code><soap12env:Reason><soap12env:Text xml:lang="en">La base de dades no respon</soap12env:Text></soap12env:Reason><soap12env:Role></soap12env:Role><soap12env:Detail><codi>17</codi></soap12env:Detail></soap12env:Fault></soap12env:Body></soap12env:Envelope>`),
      expected: faulted('soap12env:Receiver: La base de dades no respon (17)'),
      why: 'A Fault asks for a retry.',
    },
  ],
};
