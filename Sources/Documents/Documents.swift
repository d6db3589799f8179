/// Documents that people bring and take away: spreadsheets, letters, Markdown.
package enum Documents {}
