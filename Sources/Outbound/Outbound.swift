/// What leaves this machine: HTTP requests and mail, by libcurl.
package enum Outbound {}
