import { NO_TEXT, TEXT_XML, faulted, refused, unreadable, utf8, type CorpusGroup } from './answer.ts';

export const axis1: CorpusGroup = {
  title: 'Apache Axis 1',
  source: 'recorded of Axis 1.4 (`SimpleAxisServer`, a bean without a WSDL)',
  answers: [
    {
      what: 'a bean without an error',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><clientRequestwithReturnResponse xmlns="http://www.openuri.org/"><ns1:RespostaReport xmlns:ns1="http://www.aocat.net/NT/v4.0"><ns1:error xsi:nil="true"/></ns1:RespostaReport></clientRequestwithReturnResponse></soapenv:Body></soapenv:Envelope>`,
      ),
      framing: 'close',
      expected: refused(NO_TEXT),
      why: 'It writes a nil `error` where the developer meant none. Whatever its value, an Error refuses; the text tells what to mend.',
    },
    {
      what: 'a bean with an error',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><clientRequestwithReturnResponse xmlns="http://www.openuri.org/"><ns1:RespostaReport xmlns:ns1="http://www.aocat.net/NT/v4.0"><ns1:error>El n&#xFA;mero 7 no existeix &lt;&amp;&gt;</ns1:error></ns1:RespostaReport></clientRequestwithReturnResponse></soapenv:Body></soapenv:Envelope>`,
      ),
      framing: 'close',
      expected: refused('El número 7 no existeix <&>'),
      why: 'Beans begin with a lower-case letter: read as the Error that it stands for.',
    },
    {
      what: 'null returned',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><clientRequestwithReturnResponse xmlns="http://www.openuri.org/"><ns1:RespostaReport xsi:nil="true" xmlns:ns1="http://www.aocat.net/NT/v4.0"/></clientRequestwithReturnResponse></soapenv:Body></soapenv:Envelope>`,
      ),
      framing: 'close',
      expected: unreadable('The element RespostaReport is nil.'),
      why: 'A nil RespostaReport says that there is none.',
    },
    {
      what: 'the answer as a string in RespostaReport',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><clientRequestwithReturnResponse xmlns="http://www.openuri.org/"><ns1:RespostaReport xmlns:ns1="http://www.aocat.net/NT/v4.0">&lt;RespostaReport xmlns=&quot;http://www.aocat.net/NT/v4.0&quot;/&gt;</ns1:RespostaReport></clientRequestwithReturnResponse></soapenv:Body></soapenv:Envelope>`,
      ),
      framing: 'close',
      expected: unreadable(
        'The answer holds RespostaReport as text (escaped or in CDATA), not as an element.',
      ),
      why: 'Escaped XML is text: it may as well be a quotation.',
    },
    {
      what: 'RPC and encoding, a bean without an error',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><ns1:clientRequestwithReturnResponse soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xmlns:ns1="http://www.openuri.org/"><clientRequestwithReturnReturn href="#id0"/></ns1:clientRequestwithReturnResponse><multiRef id="id0" soapenc:root="0" soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xsi:type="ns2:RespostaReport" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:ns2="http://www.aocat.net/NT/v4.0"><error xsi:type="soapenc:string" xsi:nil="true"/></multiRef></soapenv:Body></soapenv:Envelope>`,
      ),
      framing: 'close',
      expected: refused(NO_TEXT),
      why: 'The error lies in a multiRef beside the wrapper, nil, and refuses.',
    },
    {
      what: 'RPC and encoding, a bean with an error',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><ns1:clientRequestwithReturnResponse soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xmlns:ns1="http://www.openuri.org/"><clientRequestwithReturnReturn href="#id0"/></ns1:clientRequestwithReturnResponse><multiRef id="id0" soapenc:root="0" soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xsi:type="ns2:RespostaReport" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:ns2="http://www.aocat.net/NT/v4.0"><error xsi:type="soapenc:string">El n&#xFA;mero 7 no existeix &lt;&amp;&gt;</error></multiRef></soapenv:Body></soapenv:Envelope>`,
      ),
      framing: 'close',
      expected: refused('El número 7 no existeix <&>'),
      why: 'The error of a multiRef is found wherever it lies in the Body.',
    },
    {
      what: 'RPC and encoding, null returned',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><ns1:clientRequestwithReturnResponse soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xmlns:ns1="http://www.openuri.org/"><clientRequestwithReturnReturn xsi:type="ns2:RespostaReport" xsi:nil="true" xmlns:ns2="http://www.aocat.net/NT/v4.0"/></ns1:clientRequestwithReturnResponse></soapenv:Body></soapenv:Envelope>`,
      ),
      framing: 'close',
      expected: unreadable(
        'The answer holds clientRequestwithReturnReturn, not {http://www.aocat.net/NT/v4.0}RespostaReport.',
      ),
      why: 'A nil clientRequestwithReturnReturn is no RespostaReport.',
    },
    {
      what: 'RPC and encoding, the answer as a string',
      status: 200,
      headers: TEXT_XML,
      body: utf8(
        `<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><ns1:clientRequestwithReturnResponse soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xmlns:ns1="http://www.openuri.org/"><clientRequestwithReturnReturn xsi:type="soapenc:string" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/">&lt;RespostaReport xmlns=&quot;http://www.aocat.net/NT/v4.0&quot;/&gt;</clientRequestwithReturnReturn></ns1:clientRequestwithReturnResponse></soapenv:Body></soapenv:Envelope>`,
      ),
      framing: 'close',
      expected: unreadable(
        'The answer holds RespostaReport as text (escaped or in CDATA), not as an element.',
      ),
      why: 'Escaped XML is text.',
    },
    {
      what: 'an exception',
      status: 500,
      headers: TEXT_XML,
      body: utf8(`<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><soapenv:Fault><faultcode>soapenv:Server.userException</faultcode><faultstring>java.lang.Exception: base de dades caiguda</faultstring><detail><ns1:stackTrace xmlns:ns1="http://xml.apache.org/axis/">java.lang.Exception: base de dades caiguda
	at SvcPeta.clientRequestwithReturn(SvcPeta.java:1)
	at java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method)
	at java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke(NativeMethodAccessorImpl.java:77)
	at java.base/jdk.internal.reflect.DelegatingMethodAccessorImpl.invoke(DelegatingMethodAccessorImpl.java:43)
	at java.base/java.lang.reflect.Method.invoke(Method.java:569)
	at org.apache.axis.providers.java.RPCProvider.invokeMethod(RPCProvider.java:397)
	at org.apache.axis.providers.java.RPCProvider.processMessage(RPCProvider.java:186)
	at org.apache.axis.providers.java.JavaProvider.invoke(JavaProvider.java:323)
	at org.apache.axis.strategies.InvocationStrategy.visit(InvocationStrategy.java:32)
	at org.apache.axis.SimpleChain.doVisiting(SimpleChain.java:118)
	at org.apache.axis.SimpleChain.invoke(SimpleChain.java:83)
	at org.apache.axis.handlers.soap.SOAPService.invoke(SOAPService.java:454)
	at org.apache.axis.server.AxisServer.invoke(AxisServer.java:281)
	at org.apache.axis.transport.http.SimpleAxisWorker.execute(SimpleAxisWorker.java:428)
	at org.apache.axis.transport.http.SimpleAxisWorker.run(SimpleAxisWorker.java:155)
	at java.base/java.lang.Thread.run(Thread.java:840)
</ns1:stackTrace><ns2:hostname xmlns:ns2="http://xml.apache.org/axis/">vm</ns2:hostname></detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>`),
      framing: 'close',
      expected: faulted(
        'soapenv:Server.userException: java.lang.Exception: base de dades caiguda (java.lang.Exception: base de dades caiguda at SvcPeta.clientRequestwithReturn(SvcPeta.java:1) at java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method) at java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke(NativeMethodAccessorImpl.java:77) at java.base/jdk.internal.reflect.DelegatingMethodAccessorImpl.invoke(DelegatingMethodAccessorImpl.java:43) at java.base/java.lang.reflect.Method.invoke(Method.java:569) at org.apache.axis.providers.java.RPCProvider.invokeMethod(RPCProvider.java:397) at org.apache.axis.providers.java.RPCProvider.processMessage(RPCProvider.java:186) at org.apache.axis.providers.java.JavaProvider.invoke(JavaProvider.java:323) at org.apache.axis.strategies.InvocationStrategy.visit(InvocationStrategy.java:32) at org.apache.axis.SimpleChain.doVisiting(SimpleChain.java:118) at org.apache.axis.SimpleChain.invoke(SimpleChain.java:83) at org.apache.axis.handlers.soap.SOAPService.invoke(SOAPService.java:454) at org.apache.axis.server.AxisServer.invoke(AxisServer.java:281) at org.apache.axis.transport.http.SimpleAxisWorker.execute(SimpleAxisWorker.java:428) at org.apache.axis.transport.http.SimpleAxisWorker.run(SimpleAxisWorker.java:155) at java.base/java.lang.Thread.run(Thread.java:840) vm)',
      ),
      why: 'The whole stack trace is in the detail; the log keeps it within bounds.',
    },
  ],
};
