<?php
// A receiver on PHP's own SOAP extension, made from our WSDL: php -S 127.0.0.1:PORT receptor.php
const PROVING = ['Estat', 'Referencia', 'IdNotificacio', 'NomComplet', 'RaoSocial'];

/** The proving elements of what the extension read, as [name, text], in the document's order. */
function textsOf($value): array
{
    $texts = [];
    foreach ((array) $value as $name => $member) {
        if (in_array($name, PROVING, true)) {
            $texts[] = [$name, (string) $member];
        } elseif (is_object($member) || is_array($member)) {
            array_push($texts, ...textsOf($member));
        }
    }
    return $texts;
}

class Receptor
{
    public function clientRequestwithReturn($request)
    {
        $texts = textsOf($request);
        header('X-Received: ' . rawurlencode(implode("\n", array_column($texts, 1))));
        $references = array_column(array_filter($texts, fn ($text) => $text[0] === 'Referencia'), 1);
        switch ($references[0] ?? '') {
            case 'REFUSE':
                return ['RespostaReport' => ['Error' => 'El número 7 no existeix <&>']];
            case 'EMPTY':
                return ['RespostaReport' => ['Error' => '']];
            case 'FAULT':
                throw new SoapFault('Server', 'La base de dades no respon');
            case 'CRASH':
                return no_such_function();
            default:
                return ['RespostaReport' => []];
        }
    }
}

$wsdl = __DIR__ . '/../../../../schemas/recepcio-reports-4.0.wsdl';
$server = new SoapServer($wsdl, ['cache_wsdl' => WSDL_CACHE_NONE]);
$server->setClass('Receptor');
$server->handle();
