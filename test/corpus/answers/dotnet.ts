import {
  envelope,
  faulted,
  httpError,
  made,
  NO_TEXT,
  refused,
  TEXT_XML,
  unreadable,
  utf8,
  wrapper,
  type CorpusGroup,
} from './answer.ts';

export const monoWcf: CorpusGroup = {
  title: 'WCF',
  source: 'recorded of WCF in Mono 6.8 (`BasicHttpBinding`)',
  answers: [
    {
      what: 'an exception, with its details switched on',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><Action s:mustUnderstand="1" xmlns="http://schemas.microsoft.com/ws/2005/05/addressing/none">http://www.openuri.org/clientRequestwithReturn</Action></s:Header><s:Body><s:Fault><faultcode xmlns:a="http://schemas.microsoft.com/ws/2005/05/addressing/none">a:InternalServiceFault</faultcode><faultstring xml:lang="">Object reference not set to an instance of an object</faultstring><detail><ExceptionDetail xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.datacontract.org/2004/07/System.ServiceModel"><HelpLink i:nil="true" /><InnerException i:nil="true" /><Message>Object reference not set to an instance of an object</Message><StackTrace>  at R.clientRequestwithReturn (Req q) [0x00000] in &lt;0aad235c1722478abd5480fef520f693&gt;:0 
  at (wrapper managed-to-native) System.Reflection.RuntimeMethodInfo.InternalInvoke(System.Reflection.RuntimeMethodInfo,object,object[],System.Exception&amp;)
  at System.Reflection.RuntimeMethodInfo.Invoke (System.Object obj, System.Reflection.BindingFlags invokeAttr, System.Reflection.Binder binder, System.Object[] parameters, System.Globalization.CultureInfo culture) [0x0007c] in &lt;12b418a7818c4ca0893feeaaf67f1e7f&gt;:0 </StackTrace><Type>System.NullReferenceException</Type></ExceptionDetail></detail></s:Fault></s:Body></s:Envelope>`),
      expected: faulted(
        'a:InternalServiceFault: Object reference not set to an instance of an object (Object reference not set to an instance of an object at R.clientRequestwithReturn (Req q) [0x00000] in <0aad235c1722478abd5480fef520f693>:0 at (wrapper managed-to-native) System.Reflection.RuntimeMethodInfo.InternalInvoke(System.Reflection.RuntimeMethodInfo,object,object[],System.Exception&) at System.Reflection.RuntimeMethodInfo.Invoke (System.Object obj, System.Reflection.BindingFlags invokeAttr, System.Reflection.Binder binder, System.Object[] parameters, System.Globalization.CultureInfo culture) [0x0007c] in <12b418a7818c4ca0893feeaaf67f1e7f>:0 System.NullReferenceException)',
      ),
      why: 'The detail’s nil elements say nothing; its message and trace are kept.',
    },
    {
      what: 'a request without SOAPAction',
      status: 500,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode xmlns:a="http://schemas.microsoft.com/ws/2005/05/addressing/none">a:ActionNotSupported</faultcode><faultstring xml:lang="">Action '' did not match any operations in the target contract</faultstring></s:Fault></s:Body></s:Envelope>`,
      ),
      expected: faulted(
        "a:ActionNotSupported: Action '' did not match any operations in the target contract",
      ),
      why: 'A Fault asks for a retry.',
    },
    {
      what: 'a SOAP 1.2 request to a binding of 1.1',
      status: 415,
      headers: {},
      body: utf8(''),
      expected: httpError(415),
      why: 'Status 415 with a sentence for a reason phrase, and nothing else.',
    },
  ],
};

const ASMX =
  'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"';
const asmx = (content: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><soap:Envelope ${ASMX}><soap:Body>${content}</soap:Body></soap:Envelope>`;
const wcf = (content: string, header = ''): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">${header}<s:Body xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">${content}</s:Body></s:Envelope>`;
const RESPONSE = 'xmlns="http://www.aocat.net/NT/v4.0"';
const UTILITY = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const SECURED = `<s:Header><a:Action s:mustUnderstand="1" xmlns:a="http://www.w3.org/2005/08/addressing">http://www.openuri.org/RecepcioReports/clientRequestwithReturnResponse</a:Action><o:Security s:mustUnderstand="1" xmlns:o="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><u:Timestamp xmlns:u="${UTILITY}" u:Id="_0"><u:Created>2026-11-25T10:00:00.000Z</u:Created></u:Timestamp></o:Security></s:Header>`;
const FORM = 'The form of the contract.';
const FAULT = 'A Fault asks for a retry.';

export const dotnet: CorpusGroup = {
  title: 'ASP.NET web services (ASMX) and WCF',
  source: 'made after Microsoft’s documentation of both',
  answers: [
    made('an acknowledgement of ASMX', asmx(wrapper(`<RespostaReport ${RESPONSE} />`)), 'acknowledged', FORM),
    made(
      'a refusal of ASMX',
      asmx(wrapper(`<RespostaReport ${RESPONSE}><Error>no</Error></RespostaReport>`)),
      refused('no'),
      'An Error element refuses.',
    ),
    made(
      'an Error that may be null, of ASMX',
      asmx(wrapper(`<RespostaReport ${RESPONSE}><Error xsi:nil="true" /></RespostaReport>`)),
      refused(NO_TEXT),
      'XmlElement with IsNullable writes the element where the developer meant none. Whatever its value, an Error refuses.',
    ),
    made(
      'null, of ASMX',
      asmx('<clientRequestwithReturnResponse xmlns="http://www.openuri.org/" />'),
      unreadable('The wrapper clientRequestwithReturnResponse is empty.'),
      'The handler gave nothing back.',
    ),
    made(
      'a string for an answer, of ASMX',
      asmx(
        '<clientRequestwithReturnResponse xmlns="http://www.openuri.org/"><clientRequestwithReturnResult>&lt;RespostaReport xmlns="http://www.aocat.net/NT/v4.0" /&gt;</clientRequestwithReturnResult></clientRequestwithReturnResponse>',
      ),
      unreadable('The answer holds RespostaReport as text (escaped or in CDATA), not as an element.'),
      'Escaped XML is text.',
    ),
    made(
      'an exception, of ASMX',
      asmx(
        '<soap:Fault><faultcode>soap:Server</faultcode><faultstring>System.Web.Services.Protocols.SoapException: Server was unable to process request. ---&gt; System.Exception: base de dades caiguda\n   at Receptor.clientRequestwithReturn(Report Report)\n   --- End of inner exception stack trace ---</faultstring><detail /></soap:Fault>',
      ),
      faulted(
        'soap:Server: System.Web.Services.Protocols.SoapException: Server was unable to process request. ---> System.Exception: base de dades caiguda at Receptor.clientRequestwithReturn(Report Report) --- End of inner exception stack trace ---',
      ),
      FAULT,
      { status: 500 },
    ),
    made(
      'an exception, of ASMX in SOAP 1.2',
      asmx(
        '<soap:Fault><soap:Code><soap:Value>soap:Receiver</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang="ca">base de dades caiguda</soap:Text></soap:Reason><soap:Detail /></soap:Fault>',
      ).replace('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope'),
      faulted('soap:Receiver: base de dades caiguda'),
      FAULT,
      { status: 500, headers: { 'Content-Type': 'application/soap+xml; charset=utf-8' } },
    ),
    made('an acknowledgement of WCF', wcf(wrapper(`<RespostaReport ${RESPONSE}/>`)), 'acknowledged', FORM),
    made(
      'an acknowledgement of WCF, addressed and secured',
      wcf(wrapper(`<RespostaReport ${RESPONSE}/>`), SECURED).replace(
        '<s:Body',
        `<s:Body u:Id="_1" xmlns:u="${UTILITY}"`,
      ),
      'acknowledged',
      'Header blocks are passed over, also those that must be understood: the report was taken already.',
    ),
    made(
      'an exception without details, of WCF',
      envelope(
        '<s:Fault><faultcode xmlns:a="http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher">a:InternalServiceFault</faultcode><faultstring xml:lang="ca-ES">El servidor no ha pogut processar la petició.</faultstring></s:Fault>',
      ),
      faulted('a:InternalServiceFault: El servidor no ha pogut processar la petició.'),
      FAULT,
      { status: 500 },
    ),
    made(
      'a one-way operation of WCF',
      '',
      unreadable('The answer is empty.'),
      'Status 202: the report may have come, and nobody says that it was taken.',
      { status: 202, headers: {} },
    ),
  ],
};
