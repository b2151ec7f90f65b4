import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A receiver on the JDK alone, which validates each report by our schema with Xerces and answers in UTF-16.
 * Usage: java Receptor.java report-4.0.xsd. Prints the port that it listens on.
 */
public class Receptor {
  private static final String NT = "http://www.aocat.net/NT/v4.0";
  private static final String OPENURI = "http://www.openuri.org/";
  private static final Set<String> PROVING =
      Set.of("Estat", "Referencia", "IdNotificacio", "NomComplet", "RaoSocial");

  private final Schema schema;
  private final DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();

  private Receptor(File schema) throws SAXException {
    this.schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(schema);
    parsers.setNamespaceAware(true);
  }

  public static void main(String[] arguments) throws Exception {
    Receptor receptor = new Receptor(new File(arguments[0]));
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", receptor::serve);
    server.start();
    System.out.println("port " + server.getAddress().getPort());
  }

  private void serve(HttpExchange exchange) throws IOException {
    try {
      answer(exchange);
    } catch (IOException error) {
      throw error;
    } catch (Exception error) {
      exchange.sendResponseHeaders(500, -1);
    } finally {
      exchange.close();
    }
  }

  private void answer(HttpExchange exchange) throws Exception {
    Document request = parsers.newDocumentBuilder().parse(new ByteArrayInputStream(exchange.getRequestBody().readAllBytes()));
    String soap = request.getDocumentElement().getNamespaceURI();
    Element report = (Element) request.getElementsByTagNameNS(NT, "Report").item(0);
    boolean wrapped = OPENURI.equals(report.getParentNode().getNamespaceURI());
    List<String> texts = new ArrayList<>();
    NodeList all = report.getElementsByTagNameNS(NT, "*");
    for (int index = 0; index < all.getLength(); index += 1) {
      if (PROVING.contains(all.item(index).getLocalName())) texts.add(all.item(index).getTextContent());
    }
    NodeList references = report.getElementsByTagNameNS(NT, "Referencia");
    String reference = references.getLength() == 0 ? "" : references.item(0).getTextContent();
    if (reference.equals("CRASH")) throw new IllegalStateException("not caught");

    Document answer = parsers.newDocumentBuilder().newDocument();
    Element envelope = answer.createElementNS(soap, "S:Envelope");
    Element body = answer.createElementNS(soap, "S:Body");
    answer.appendChild(envelope).appendChild(body);
    String problem = problemOf(report);
    if (problem == null && reference.equals("FAULT")) problem = "La base de dades no respon";
    if (problem != null) {
      Element fault = (Element) body.appendChild(answer.createElementNS(soap, "S:Fault"));
      fault.appendChild(answer.createElement("faultcode")).setTextContent("S:Server");
      fault.appendChild(answer.createElement("faultstring")).setTextContent(problem);
    } else {
      Element holder = body;
      if (wrapped) holder = (Element) body.appendChild(answer.createElementNS(OPENURI, "o:clientRequestwithReturnResponse"));
      Element response = (Element) holder.appendChild(answer.createElementNS(NT, "RespostaReport"));
      if (reference.equals("REFUSE") || reference.equals("EMPTY")) {
        Element error = (Element) response.appendChild(answer.createElementNS(NT, "Error"));
        if (reference.equals("REFUSE")) error.setTextContent("El n\u00famero 7 no existeix <&>");
      }
    }
    reply(exchange, problem == null ? 200 : 500, answer, texts);
  }

  /** What Xerces says against the report; null where it is valid. */
  private String problemOf(Element report) throws IOException {
    try {
      schema.newValidator().validate(new DOMSource(report));
      return null;
    } catch (SAXException error) {
      return error.getMessage();
    }
  }

  private static void reply(HttpExchange exchange, int status, Document answer, List<String> texts) throws Exception {
    Transformer writer = TransformerFactory.newInstance().newTransformer();
    writer.setOutputProperty(OutputKeys.ENCODING, "UTF-16");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.transform(new DOMSource(answer), new StreamResult(bytes));
    exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-16");
    exchange.getResponseHeaders().set("X-Received", URLEncoder.encode(String.join("\n", texts), StandardCharsets.UTF_8).replace("+", "%20"));
    exchange.sendResponseHeaders(status, bytes.size());
    bytes.writeTo(exchange.getResponseBody());
  }
}
